/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import java.util.List;

/** What a mount's file system is on. Immutable. */
sealed interface Backing {
    /** @param devices with a queue of their own, at least one */
    record On(List<BlockDevice> devices) implements Backing {
        public On {
            devices = List.copyOf(devices);
        }
    }

    /** No block device of this host, by its nature. */
    record Diskless(String reason) implements Backing {}

    /** A block device that the host does not show (any more). */
    record Gone(String reason) implements Backing {}
}
