/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.device.DiskResolution;
import io.diskguard.model.Disk;
import java.util.stream.Collectors;

/** What came of looking for a disk, in words. */
public final class DiskWords {
    private DiskWords() {}

    public static String of(DiskResolution resolution) {
        if (resolution instanceof DiskResolution.Found found) {
            return found.asked()
                    + (found.disks().size() == 1 ? " is on disk " : " is on the disks ")
                    + found.disks().stream().map(Disk::toString).collect(Collectors.joining(", "));
        }
        if (resolution instanceof DiskResolution.Missing missing) {
            return missing.asked() + " was not found: " + missing.reason() + "; there is: "
                    + String.join(", ", missing.seen());
        }
        return resolution.asked() + " cannot be limited: "
                + (resolution instanceof DiskResolution.NotApplicable no ? no.reason() : resolution);
    }
}
