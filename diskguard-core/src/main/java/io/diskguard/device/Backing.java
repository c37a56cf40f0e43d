/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.Disk;
import java.util.List;

/** What a mount's file system is on. Immutable. */
sealed interface Backing {
    /** @param disks with a queue of their own, at least one */
    record On(List<Disk> disks) implements Backing {
        public On {
            disks = List.copyOf(disks);
        }
    }

    /** No block device of this host, by its nature. */
    record Diskless(String reason) implements Backing {}

    /** A block device that the host does not show (any more). */
    record Gone(String reason) implements Backing {}

    /**
     * The disks, if any.
     *
     * @param steps takes why there is none
     */
    default List<Disk> disks(List<String> steps) {
        if (this instanceof On on) {
            return on.disks();
        }
        steps.add(this instanceof Gone gone ? gone.reason() : ((Diskless) this).reason());
        return List.of();
    }
}
