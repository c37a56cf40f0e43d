/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

/** Elapsed time: monotonic nanoseconds from an arbitrary start. Thread-safe. */
@FunctionalInterface
public interface Ticker {
    /** {@link System#nanoTime()}. */
    static Ticker system() {
        return System::nanoTime;
    }

    long nanos();
}
