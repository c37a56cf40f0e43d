/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.agent.node.NodeWatch;
import io.diskguard.agent.report.SmartWords;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskActivity;
import io.diskguard.reconcile.Explanation;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.PodSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks at a node, again and again; writes nothing. Not thread-safe. */
public final class Sampler {
    private static final int SHARE = 10;
    private static final Duration FIRST = Duration.ofSeconds(10);

    private final NodeWatch node;
    private final Duration allowed;
    private final Roster roster;
    private final Counts counts;
    private final Set<Disk> counted = new HashSet<>();
    private final Map<Disk, String> uncounted = new HashMap<>();
    private final Map<Disk, Activity> activities = new HashMap<>();
    private Optional<Long> last = Optional.empty();

    private record Activity(DiskActivity activity, long nanos) {}

    /** @param interval between two looks, of which a tenth is for finding out what the limits are to be */
    public Sampler(NodeWatch node, Duration interval) {
        this.node = node;
        this.allowed = interval.dividedBy(SHARE);
        this.roster = new Roster(node);
        this.counts = new Counts(node.stats(), node.environment().ticker());
    }

    /** What is now, and what was done since the call before. */
    Reading read() {
        roster.refresh(last.isEmpty() ? FIRST : allowed);
        counts.next();
        var disks = new TreeSet<>(node.disks().get());
        roster.rows().forEach(row -> disks.add(row.use().disk()));
        uncounted.keySet().retainAll(disks);
        activities.keySet().retainAll(disks);
        counted.retainAll(disks);
        disks.forEach(this::count);
        var at = node.environment().clock().instant();
        var nanos = node.environment().ticker().nanos();
        var rows = new ArrayList<Row>();
        for (var row : roster.rows()) {
            var target = row.target();
            var sampled = counts.sample(target.cgroup());
            if (!sampled.isGone()) {
                var disk = row.use().disk();
                rows.add(new Row(
                        target.pod().namespace(),
                        target.pod().name(),
                        target.pod().uid(),
                        container(row),
                        target.cgroup().value(),
                        disk,
                        roster.limit(target.cgroup(), disk.id()),
                        row.ours(),
                        row.decision(),
                        Optional.ofNullable(sampled.rates().get(disk.id())),
                        Optional.ofNullable(sampled.counters().get(disk.id())),
                        at));
            }
        }
        var states = disks.stream().map(this::state).toList();
        var interval = Duration.ofNanos(last.map(before -> nanos - before).orElse(0L));
        last = Optional.of(nanos);
        return new Reading(
                node.node(),
                at,
                interval,
                roster.size(),
                node.signals().ofNode().toOptional(),
                states,
                rows,
                troubles());
    }

    private static String container(Explanation.Row row) {
        return row.target().container().map(it -> it.name()).orElseGet(() -> row.target()
                .cgroup()
                .name());
    }

    /** To start counting may take a write where nobody counts: only where somebody does. */
    private void count(Disk disk) {
        if (!counted.contains(disk)) {
            if (node.stats().counting(disk.id()) instanceof IoStatsSource.Counting.Off off) {
                uncounted.put(disk, off.reason());
            } else {
                uncounted.remove(disk);
                counted.add(disk);
                node.stats().startCounting(disk.id());
            }
        }
    }

    private DiskState state(Disk disk) {
        var rates = node.signals().activity(disk.id()).toOptional().flatMap(known -> {
            var now = new Activity(known, node.environment().ticker().nanos());
            return Optional.ofNullable(activities.put(disk, now))
                    .filter(before -> now.nanos() > before.nanos())
                    .flatMap(before ->
                            now.activity().since(before.activity(), Duration.ofNanos(now.nanos() - before.nanos())));
        });
        return new DiskState(disk, rates, Optional.ofNullable(uncounted.get(disk)));
    }

    private List<String> troubles() {
        var troubles = new ArrayList<String>();
        if (node.pods().snapshot() instanceof PodSource.Snapshot.Unknown unknown) {
            troubles.add("the pods are not known: " + unknown.reason());
        }
        node.trouble().get().ifPresent(reason -> troubles.add("pods: " + reason));
        uncounted.forEach((disk, reason) -> troubles.add("nobody counts on " + disk + ": " + reason));
        return troubles.stream().map(SmartWords::clean).toList();
    }
}
