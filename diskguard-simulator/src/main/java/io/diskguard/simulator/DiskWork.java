/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

/**
 * What was done on a disk, by whomever, as {@code stat} and {@code diskstats} tell it. Immutable.
 *
 * @param readMicros time that reads took, waiting included, summed over them
 * @param busyMicros time with at least one operation going on
 */
record DiskWork(Counters io, long readMicros, long writeMicros, long busyMicros) {
    static final DiskWork NONE = new DiskWork(Counters.ZERO, 0, 0, 0);

    DiskWork plus(DiskWork other) {
        return new DiskWork(
                io.plus(other.io),
                readMicros + other.readMicros,
                writeMicros + other.writeMicros,
                busyMicros + other.busyMicros);
    }

    /** The columns from the reads completed on ({@code Documentation/admin-guide/iostats.rst}). */
    String columns() {
        return "%8d %8d %8d %8d %8d %8d %8d %8d %8d %8d %8d %8d %8d %8d %8d %8d %8d"
                .formatted(
                        io.reads(),
                        0,
                        io.readBytes() / 512,
                        readMicros / 1000,
                        io.writes(),
                        0,
                        io.writtenBytes() / 512,
                        writeMicros / 1000,
                        0,
                        busyMicros / 1000,
                        (readMicros + writeMicros) / 1000,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0);
    }
}
