/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.agent.node.Kernel;
import io.diskguard.model.CgroupPath;
import io.diskguard.provider.ProviderSelection;
import io.diskguard.spi.CounterMap;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.IoStatsSource.Sample;
import io.diskguard.spi.Support;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Which sources of counters there are, in the order in which they are asked, and what each says. */
final class StatisticsCheck implements Check {
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final int MOMENTS = 100;

    @Override
    public String id() {
        return "statistics";
    }

    @Override
    public String name() {
        return "statistics";
    }

    @Override
    public Set<String> needs() {
        return Set.of(MountsCheck.ID, DriverCheck.ID);
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public List<Finding> look(Subject node) {
        var chain = ProviderSelection.all(IoStatsSource.Factory.class, node.providers(), node.environment());
        var first = Kernel.statsFirst(node.config());
        var order = chain.providers().stream()
                .sorted(Comparator.comparing(factory -> !first.contains(factory.name())))
                .toList();
        var asked = order.stream()
                .map(factory -> ask(node, factory, 1 + order.indexOf(factory)))
                .toList();
        var findings = new ArrayList<>(asked);
        for (var row : chain.report().rows()) {
            if (row.support() instanceof Support.Unsupported no) {
                var tried = "asked " + row.name() + " whether it can work here";
                findings.add(
                        first.contains(row.name())
                                ? Finding.note(this, tried, no.reason(), "it is to be asked first, see docs/kubelet.md")
                                : Finding.ok(this, tried, "it is not used: " + no.reason()));
            }
        }
        if (asked.stream().noneMatch(each -> each.verdict() == Finding.Verdict.OK)) {
            findings.add(Finding.wrong(
                    this,
                    "looked for a source that counts",
                    "there is none",
                    "without counters there is no smart limit; static limits hold"));
        }
        return findings;
    }

    private Finding ask(Subject node, IoStatsSource.Factory factory, int place) {
        var tried = "asked " + factory.name() + " (" + place + ". in order) for the counters of the root cgroup";
        try (var source = factory.create(node.environment())) {
            var counters = new CounterMap();
            var sample = source.sample(CgroupPath.ROOT, counters);
            // One that asks over a network answers from what it heard last
            for (var i = 0; i < MOMENTS && sample instanceof Sample.Unavailable; i++) {
                if (node.isStoppedWithin(MOMENT)) {
                    break;
                }
                sample = source.sample(CgroupPath.ROOT, counters);
            }
            if (sample instanceof Sample.Counted counted) {
                var age = counted.age().isZero() ? "" : ", " + counted.age().toSeconds() + " s old";
                return Finding.ok(
                        this, tried, "it counts; of " + counters.counters().size() + " disks there are numbers" + age);
            }
            var reason = sample instanceof Sample.Unavailable no ? no.reason() : "there is no such cgroup";
            return Finding.note(this, tried, "it cannot say: " + reason, "another source serves, if there is one");
        }
    }
}
