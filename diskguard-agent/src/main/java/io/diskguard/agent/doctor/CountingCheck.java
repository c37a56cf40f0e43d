/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.agent.node.Kernel;
import io.diskguard.model.Disk;
import io.diskguard.smart.StatsChain;
import io.diskguard.spi.IoStatsSource.Counting;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Whether the kernel counts on each configured disk, and whether it counts all. */
final class CountingCheck implements Check {
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final int LOOKS = 3;

    @Override
    public String id() {
        return "counting";
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public Set<String> needs() {
        return Set.of(MountsCheck.ID, DriverCheck.ID, DisksCheck.ID);
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public List<Finding> look(Subject node) {
        var disks = node.disks();
        if (disks.isEmpty()) {
            return List.of(Finding.note(this, "nothing", "there is no disk", "see the disks"));
        }
        try (var stats = StatsChain.open(node.providers(), node.environment(), Kernel.statsFirst(node.config()))) {
            for (var look = 1; look < LOOKS; look++) {
                disks.forEach(disk -> stats.counting(disk.id()));
                if (node.isStoppedWithin(BETWEEN)) {
                    break;
                }
            }
            return disks.stream().map(disk -> finding(disk, stats)).toList();
        }
    }

    private Finding finding(Disk disk, StatsChain stats) {
        var tried = "compared for " + (LOOKS - 1) * BETWEEN.toSeconds() + " s what " + disk
                + " does with what the kernel counts";
        var answer = stats.counting(disk.id());
        if (answer instanceof Counting.Off off) {
            return Finding.note(
                    this,
                    tried,
                    off.reason(),
                    "nothing if the agent is not running: it has the kernel count when it starts, by a rule that limits"
                            + " nothing in a scratch cgroup; else see its log");
        }
        if (answer instanceof Counting.OnlyThrottled only) {
            return Finding.note(
                    this, tried, only.reason(), "set container_iops_limit or container_bps_limit, high if need be");
        }
        return Finding.ok(this, tried, "it counts");
    }
}
