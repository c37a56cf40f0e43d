/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.IoCounters;

/** Operations and bytes done on one disk. */
record Counters(long reads, long writes, long readBytes, long writtenBytes) {
    static final Counters ZERO = new Counters(0, 0, 0, 0);

    Counters {
        if (reads < 0 || writes < 0 || readBytes < 0 || writtenBytes < 0) {
            throw new IllegalArgumentException("a counter is never negative");
        }
    }

    Counters plus(Counters other) {
        return new Counters(
                reads + other.reads,
                writes + other.writes,
                readBytes + other.readBytes,
                writtenBytes + other.writtenBytes);
    }

    Counters times(double share) {
        return share == 1
                ? this
                : new Counters(
                        Math.round(reads * share),
                        Math.round(writes * share),
                        Math.round(readBytes * share),
                        Math.round(writtenBytes * share));
    }

    double operations() {
        return (double) reads + writes;
    }

    IoCounters asIoCounters() {
        return new IoCounters(readBytes, writtenBytes, reads, writes);
    }
}
