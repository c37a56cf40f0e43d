/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.device.DiskResolution;

/** What came of looking for a disk, in words. */
final class DiskWords {
    private DiskWords() {}

    static String of(DiskResolution resolution) {
        if (resolution instanceof DiskResolution.Found found) {
            return found.asked() + " is on disk " + found.name() + " (" + found.device() + ")";
        }
        if (resolution instanceof DiskResolution.Missing missing) {
            return missing.asked() + " was not found: " + missing.reason() + "; there is: "
                    + String.join(", ", missing.seen());
        }
        return resolution.asked() + " cannot be limited: "
                + (resolution instanceof DiskResolution.NotApplicable no ? no.reason() : resolution);
    }
}
