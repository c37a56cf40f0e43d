/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

/**
 * A block device with a queue of its own: what the kernel can limit. Immutable; sorted by number.
 *
 * @param name kernel name ({@code nvme0n1}, {@code dm-3})
 */
public record Disk(DeviceId id, String name) implements Comparable<Disk> {
    /** @throws IllegalArgumentException if the name is empty */
    public Disk {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a disk has a name");
        }
    }

    @Override
    public int compareTo(Disk other) {
        return id.compareTo(other.id);
    }

    /** {@code nvme0n1 (259:0)}. */
    @Override
    public String toString() {
        return name + " (" + id + ")";
    }
}
