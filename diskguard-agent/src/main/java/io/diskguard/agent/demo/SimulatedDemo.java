/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.demo;

import io.diskguard.DiskGuard;
import io.diskguard.cgroup.tree.KubepodsTree;
import io.diskguard.cgroup.v2.IoMaxDriver;
import io.diskguard.cgroup.v2.IoStat;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Rate;
import io.diskguard.simulator.Load;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Tells DiskGuard's story on a node in memory, with the real engine and a clock that is turned by hand: minutes pass in
 * moments. Needs neither root nor Linux. Not thread-safe.
 */
public final class SimulatedDemo {
    private static final DeviceId DISK = new DeviceId(259, 0);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final long BLOCK = 4096;
    private static final Rate DEFAULT = Rate.perSecond(500);
    private static final IoLimit DEFAULTS = new IoLimit(DEFAULT, DEFAULT, Rate.UNLIMITED, Rate.UNLIMITED);
    private static final DemoPod NOISY = DemoPod.of("backup");
    private static final DemoPod QUIET = DemoPod.of("database");

    private final PrintWriter out;

    public SimulatedDemo(PrintWriter out) {
        this.out = out;
    }

    /** Plays it to its end. */
    public void run() {
        try (var node = SimulatedNode.v2();
                var driver = new IoMaxDriver(node.cgroups());
                var stats = new IoStat(node.cgroups());
                var tree = KubepodsTree.open(node.cgroups())) {
            node.addDisk(SimulatedDisk.hardware("nvme0n1", DISK));
            node.mount(SimulatedMount.of("/data", DISK, "ext4", "/dev/nvme0n1"));
            var guard = DiskGuard.builder()
                    .environment(node.environment())
                    .config(config())
                    .driver(driver)
                    .pods(node.pods())
                    .podCgroups(tree)
                    .listener(new PrintingListener(out, node.clock()))
                    .build();
            play(node, guard, new RateTable(node, stats, driver, DISK, out));
        }
    }

    private void play(SimulatedNode node, DiskGuard guard, RateTable table) {
        say("A node with one disk, nvme0n1, mounted at /data. Two pods do their work, nobody guards the disk.");
        node.addPod(NOISY.with(Map.of("iops-limit/write-iops", "120")));
        node.addPod(QUIET.with(Map.of()));
        node.load(NOISY.id(), new Load(DISK, 3000, 20_000, 3000 * BLOCK, 20_000 * BLOCK));
        node.load(QUIET.id(), Load.writing(DISK, 900, BLOCK));
        pass(node, Duration.ofSeconds(10), () -> {});
        table.print(NOISY, QUIET);

        say("DiskGuard starts. backup asked for write-iops 120 in an annotation; all else has the default, 500.");
        guarded(node, guard);
        table.print(NOISY, QUIET);

        say("backup's owner sets the annotation to \"0\": no limit for writing. Reading keeps its default.");
        node.changePod(NOISY.with(Map.of("iops-limit/write-iops", "0")));
        guarded(node, guard);
        table.print(NOISY, QUIET);

        say("Somebody lifts database's limit by hand. The next resync, within 30 s, repairs it.");
        lift(node, QUIET);
        guarded(node, guard, Duration.ofSeconds(40));
        table.print(NOISY, QUIET);

        say("database's owner opts out with removed: \"true\". Its limit is taken back.");
        node.changePod(QUIET.with(Map.of("iops-limit/removed", "true")));
        guarded(node, guard);
        table.print(NOISY, QUIET);

        say("backup is deleted: its cgroup goes, and its limit with it.");
        node.removePod(NOISY.uid());
        guarded(node, guard);
        table.print(QUIET);
        say("That was all. As root on Linux, demo --real shows it on the kernel of this machine.");
    }

    private void guarded(SimulatedNode node, DiskGuard guard) {
        guarded(node, guard, Duration.ofSeconds(10));
    }

    private void guarded(SimulatedNode node, DiskGuard guard, Duration time) {
        pass(node, time, guard::turn);
    }

    private static void pass(SimulatedNode node, Duration time, Runnable eachTick) {
        for (var passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
            eachTick.run();
            node.advance(TICK);
        }
    }

    private static void lift(SimulatedNode node, DemoPod pod) {
        node.cgroupOf(pod.id()).ifPresent(cgroup -> node.cgroups()
                .write(cgroup, "io.max", DISK + " rbps=max wbps=max riops=max wiops=max"));
    }

    private void say(String line) {
        out.println();
        out.println("== " + line);
        out.flush();
    }

    private static GuardConfig config() {
        return GuardConfig.builder()
                .defaultLimit(DEFAULTS)
                .mounts("/data")
                .stateDir(Path.of("diskguard-demo"))
                .cgroupVersion(GuardConfig.CgroupVersion.V2)
                .build();
    }
}
