/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.demo;

import io.diskguard.agent.node.StopSignal;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoStatsSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/**
 * Limits a process that writes as fast as it can on the kernel of this machine, and shows what the kernel counted. It
 * makes a loop disk, a cgroup and the process, and removes all three however it ends. Not thread-safe.
 */
public final class RealDemo {
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final int MEASURE_SECONDS = 5;
    private static final double TOLERANCE_PERCENT = 3;
    private static final List<Rate> STEPS =
            List.of(Rate.UNLIMITED, Rate.perSecond(200), Rate.perSecond(1000), Rate.UNLIMITED);

    private final Environment environment;
    private final CgroupDriver driver;
    private final IoStatsSource stats;
    private final PrintWriter out;
    private final StopSignal stop;
    private boolean made;

    /** @param stop ends it early; it still cleans up */
    public RealDemo(
            Environment environment, CgroupDriver driver, IoStatsSource stats, PrintWriter out, StopSignal stop) {
        this.environment = environment;
        this.driver = driver;
        this.stats = stats;
        this.out = out;
        this.stop = stop;
    }

    /**
     * Takes about half a minute.
     *
     * @return whether every limit held
     * @throws DemoException if it cannot be given here
     * @throws CancellationException if it was stopped
     */
    public boolean run() throws DemoException {
        try {
            return demonstrate();
        } finally {
            if (made) {
                say("Removed the writer, the cgroup and the loop disk.");
            }
        }
    }

    private boolean demonstrate() throws DemoException {
        var name = "diskguard-demo-" + ProcessHandle.current().pid();
        try (var disk = LoopDisk.make(environment.paths());
                var cgroup = ScratchCgroup.make(driver, name);
                var writer = WriterProcess.start(disk.node())) {
            made = true;
            say(
                    "Loop disk %s (%s), cgroup %s%s, writer process %d.",
                    disk.node(), disk.device(), driver.hierarchy().mountPoint(), cgroup.path(), writer.pid());
            // Linux 6.10 and later count nothing on v1 for a disk until a rule was written for it, also an empty one.
            limit(cgroup.path(), disk.device(), Rate.UNLIMITED);
            cgroup.add(writer.pid());
            writer.go();
            var meter = new Meter(stats, cgroup.path(), disk.device(), environment.ticker(), stop);
            var held = true;
            for (var rate : STEPS) {
                limit(cgroup.path(), disk.device(), rate);
                held &= step(meter, writer, rate);
            }
            say(held ? "Every limit held, as the kernel counts." : "NOT every limit held." + load());
            return held;
        }
    }

    private boolean step(Meter meter, WriterProcess writer, Rate rate) throws DemoException {
        out.printf(
                Locale.ROOT,
                "%-24s",
                rate instanceof Rate.PerSecond limit ? "limit " + limit.value() + "/s" : "no limit");
        out.flush();
        meter.settle(SETTLE);
        var measured = meter.measure(MEASURE_SECONDS, each -> {
            out.printf(Locale.ROOT, " %6d", each);
            out.flush();
        });
        writer.mustLive();
        var verdict = Verdict.of(measured, rate, TOLERANCE_PERCENT);
        say("  -> %s", verdict.text());
        return verdict.held();
    }

    private void limit(CgroupPath cgroup, DeviceId device, Rate rate) throws DemoException {
        var limit = IoLimit.UNLIMITED.with(LimitKey.WIOPS, rate);
        var applied = driver.apply(cgroup, device, limit);
        if (!(applied instanceof CgroupDriver.ApplyResult.Applied)) {
            throw new DemoException("the kernel did not take the limit " + limit + ": " + applied);
        }
        var read = driver.read(cgroup);
        if (!(read instanceof CgroupDriver.ReadResult.Found found)
                || !found.limits().get(device).equals(limit)) {
            throw new DemoException("wrote the limit " + limit + ", but read back " + read);
        }
    }

    /** @throws DemoException if this process is not root on Linux */
    public static void mustBeRoot(Environment environment) throws DemoException {
        var self = environment.paths().proc().resolve("self");
        try {
            if (!Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"))) {
                throw new DemoException("demo --real makes a loop disk and a cgroup: run it as root");
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new DemoException("demo --real needs Linux, and " + self + " to be readable: " + e);
        }
    }

    /** The writer needs a processor at every moment to use up its limit: where others want it, it falls behind. */
    private String load() {
        try {
            var load = Files.readString(environment.paths().proc().resolve("loadavg"))
                    .split(" ", 2)[0];
            return " The load of this machine was " + load + " in the last minute, on "
                    + Runtime.getRuntime().availableProcessors()
                    + " processors: where that is about as much or more, the writer may not have got to run, or the clock"
                    + " that counts; try again when less is going on.";
        } catch (IOException e) {
            return "";
        }
    }

    private void say(String format, Object... arguments) {
        out.printf(Locale.ROOT, format + "%n", arguments);
        out.flush();
    }
}
