/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.loop;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * The processor time of an operation as a multiple of a baseline's. The baseline is measured before and after each iteration,
 * as a busy machine is not the same for long; for the same reason it is not the time that passes. Used by one thread.
 */
final class Turns {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private double baseline;
    private long begin;
    private long operations;

    interface Baseline {
        /** Nanoseconds of processor time that it takes at this moment. */
        double nanos();
    }

    void begin(Baseline before) {
        baseline = before.nanos();
        operations = 0;
        begin = threads.getCurrentThreadCpuTime();
    }

    void operation() {
        operations++;
    }

    double end(Baseline after) {
        var nanos = (double) (threads.getCurrentThreadCpuTime() - begin) / operations;
        return nanos / ((baseline + after.nanos()) / 2);
    }
}
