/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.cri;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What one look after the other says about a container's first second: it begins with its first write. Used by one thread at a time. */
final class FirstSecond {
    private static final long LENGTH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long before;
    private OptionalLong begun = OptionalLong.empty();
    private OptionalLong limited = OptionalLong.empty();
    private OptionalLong writes = OptionalLong.empty();

    /** @param before how many writes its disk had done before it */
    FirstSecond(long before) {
        this.before = before;
    }

    /**
     * @param nanos when, on a clock of any origin
     * @param done how many writes the disk has done
     * @param isLimited whether the limit can be read in the kernel
     */
    void looked(long nanos, long done, boolean isLimited) {
        if (begun.isEmpty() && done > before) {
            begun = OptionalLong.of(nanos);
        }
        if (limited.isEmpty() && isLimited) {
            limited = OptionalLong.of(nanos);
        }
        if (writes.isEmpty() && begun.isPresent() && nanos - begun.getAsLong() >= LENGTH_NANOS) {
            writes = OptionalLong.of(done - before);
        }
    }

    boolean isOver() {
        return writes.isPresent();
    }

    boolean isLimited() {
        return limited.isPresent();
    }

    /** Those of the second, the first included; empty until it is over. */
    OptionalLong writes() {
        return writes;
    }

    /** From the first write to the limit, in microseconds; negative where the limit was there first, empty while one is missing. */
    OptionalLong microsToLimit() {
        return begun.isPresent() && limited.isPresent()
                ? OptionalLong.of(TimeUnit.NANOSECONDS.toMicros(limited.getAsLong() - begun.getAsLong()))
                : OptionalLong.empty();
    }
}
