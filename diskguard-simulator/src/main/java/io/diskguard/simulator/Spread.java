/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

/** How the IO of a stacked device goes to the devices that it is made of. */
public enum Spread {
    /** All of it to the first: LVM, dm-crypt, multipath, loop. */
    LINEAR,
    /** Evenly: RAID 0, striped LVM. */
    STRIPED,
    /** Writes to each, reads from the first: RAID 1. */
    MIRRORED
}
