/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.demo;

import io.diskguard.agent.node.StopSignal;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.CounterMap;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.IoStatsSource.Sample;
import io.diskguard.spi.Ticker;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/** Measures the write operations a second that the kernel counted for a cgroup on a disk. Not thread-safe. */
final class Meter {
    private static final double SECOND = 1e9;

    private final IoStatsSource stats;
    private final CgroupPath cgroup;
    private final DeviceId device;
    private final Ticker ticker;
    private final StopSignal stop;

    /** @param stop ends every wait when it is given */
    Meter(IoStatsSource stats, CgroupPath cgroup, DeviceId device, Ticker ticker, StopSignal stop) {
        this.stats = stats;
        this.cgroup = cgroup;
        this.device = device;
        this.ticker = ticker;
        this.stop = stop;
    }

    /**
     * Lets time pass.
     *
     * @throws CancellationException if the demonstration is to stop
     */
    void settle(Duration time) {
        try {
            if (stop.await(time)) {
                throw new CancellationException("stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    /** Counts for that many seconds, telling the rate of each. */
    double measure(int seconds, LongConsumer eachSecond) throws DemoException {
        var first = read();
        var last = first;
        for (var second = 0; second < seconds; second++) {
            settle(Duration.ofSeconds(1));
            var now = read();
            eachSecond.accept(Math.round(last.rateUntil(now)));
            last = now;
        }
        return first.rateUntil(last);
    }

    private Reading read() throws DemoException {
        var counters = new CounterMap();
        var sample = stats.sample(cgroup, counters);
        // Both together, so that the time belongs to the count.
        var nanos = ticker.nanos();
        if (sample instanceof Sample.Counted) {
            return counters.get(device)
                    .map(counted -> new Reading(nanos, counted.wios()))
                    .orElseThrow(() ->
                            new DemoException("the kernel counts nothing for disk " + device + " in cgroup " + cgroup));
        }
        throw new DemoException("the counters of cgroup " + cgroup + " cannot be read: " + sample);
    }

    private record Reading(long nanos, long operations) {
        double rateUntil(Reading later) {
            return (later.operations - operations) / ((later.nanos - nanos) / SECOND);
        }
    }
}
