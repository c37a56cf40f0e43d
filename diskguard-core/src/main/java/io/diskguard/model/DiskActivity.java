/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a disk did since it was plugged in, as {@code /sys/dev/block/<M:m>/stat} counts it (Linux
 * {@code Documentation/admin-guide/iostats.rst}). All are unsigned 64-bit numbers; the kernel keeps some of them in 32
 * bits and lets them start again at 0. Immutable.
 *
 * @param reads operations completed
 * @param readSectors of 512 bytes
 * @param readMillis time that reads took, summed over them
 * @param writes operations completed
 * @param writtenSectors of 512 bytes
 * @param writeMillis time that writes took, summed over them
 * @param inFlight operations going on now
 * @param busyMillis time with at least one operation going on ({@code io_ticks})
 * @param weightedMillis that time, times the operations going on
 */
public record DiskActivity(
        long reads,
        long readSectors,
        long readMillis,
        long writes,
        long writtenSectors,
        long writeMillis,
        long inFlight,
        long busyMillis,
        long weightedMillis) {
    private static final double SECTOR = 512;
    private static final long UINT_MAX = 0xffff_ffffL;

    /**
     * What happened since an earlier reading.
     *
     * @param elapsed between the two
     * @return empty if a counter went backwards other than by running over: another disk has the number now
     * @throws IllegalArgumentException if no time has elapsed
     */
    public Optional<Rates> since(DiskActivity earlier, Duration elapsed) {
        if (elapsed.isNegative() || elapsed.isZero()) {
            throw new IllegalArgumentException("no time between the readings: " + elapsed);
        }
        var delta = new long[8];
        long[] from = earlier.counters();
        long[] to = counters();
        for (var i = 0; i < delta.length; i++) {
            var difference = difference(from[i], to[i]);
            if (difference.isEmpty()) {
                return Optional.empty();
            }
            delta[i] = difference.getAsLong();
        }
        var millis = elapsed.toNanos() / 1e6;
        var seconds = millis / 1e3;
        var operations = (double) delta[0] + delta[3];
        var await = operations == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(((double) delta[2] + delta[5]) / operations);
        return Optional.of(new Rates(
                Math.min(1, delta[6] / millis),
                await,
                delta[7] / millis,
                delta[0] / seconds,
                delta[3] / seconds,
                delta[1] * SECTOR / seconds,
                delta[4] * SECTOR / seconds));
    }

    private long[] counters() {
        return new long[] {
            reads, readSectors, readMillis, writes, writtenSectors, writeMillis, busyMillis, weightedMillis
        };
    }

    /** Empty if it went backwards and was not about to run over: in the upper half of 32 or 64 bits before, in the lower now. */
    private static OptionalLong difference(long from, long to) {
        var difference = to - from;
        if (Long.compareUnsigned(to, from) >= 0) {
            return difference < 0 ? OptionalLong.empty() : OptionalLong.of(difference);
        }
        if (Long.compareUnsigned(from, UINT_MAX) <= 0) {
            var ranOver = from > UINT_MAX / 2 && to <= UINT_MAX / 2;
            return ranOver ? OptionalLong.of(difference & UINT_MAX) : OptionalLong.empty();
        }
        return from < 0 && to >= 0 && difference >= 0 ? OptionalLong.of(difference) : OptionalLong.empty();
    }

    /**
     * What a disk did between two readings.
     *
     * @param utilisation share of the time with at least one operation going on, 0 to 1; a disk that does many at a time
     *     can do more at 1
     * @param awaitMillis milliseconds an operation took, waiting included; empty if none was completed
     * @param queued operations going on at a time, on average
     * @param riops reads completed a second
     * @param wiops writes completed a second
     * @param rbps bytes read a second
     * @param wbps bytes written a second
     */
    public record Rates(
            double utilisation,
            OptionalDouble awaitMillis,
            double queued,
            double riops,
            double wiops,
            double rbps,
            double wbps) {}
}
