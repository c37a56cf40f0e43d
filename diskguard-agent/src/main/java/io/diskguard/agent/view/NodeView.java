/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import io.diskguard.DiskGuard;
import io.diskguard.device.DiskResolution;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoRates;
import io.diskguard.model.Pod;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.reconcile.Explanation;
import io.diskguard.spi.PodSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is known of this node now: what each container may do on each disk, has in the kernel, and does. Asks nobody: it is what
 * the loop last saw. Thread-safe.
 */
public final class NodeView {
    private final NodeMemory memory;
    private final DiskGuard guard;

    /** @param memory a listener of the guard */
    public NodeView(NodeMemory memory, DiskGuard guard) {
        this.memory = memory;
        this.guard = guard;
    }

    /** The guarded containers by namespace, pod and name; those that are excluded are none of them. */
    public List<ContainerView> containers() {
        var there = uids();
        var findings = guard.ineffective().stream()
                .collect(Collectors.groupingBy(finding -> finding.pod().uid()));
        var views = new ArrayList<ContainerView>();
        for (var seen : memory.standings().seen()) {
            if (there.contains(seen.pod().uid())) {
                views.addAll(views(seen, findings.getOrDefault(seen.pod().uid(), List.of())));
            }
        }
        views.sort(Comparator.comparing((ContainerView view) -> view.pod().namespace())
                .thenComparing(view -> view.pod().name())
                .thenComparing(ContainerView::name));
        return views;
    }

    /** What the container did on the disk in the last hour, oldest first; nothing where it did nothing. */
    public List<LoadPoint> history(ContainerView container, DeviceId disk) {
        return container.container().isEmpty() ? List.of() : memory.loads().history(key(container), disk);
    }

    /** What the container did on the disk on average in the window that ends now; empty if that was never counted. */
    public Optional<IoRates> trend(ContainerView container, DeviceId disk, Duration window) {
        return container.container().isEmpty()
                ? Optional.empty()
                : memory.loads().trend(key(container), disk, window);
    }

    /** The disks that are configured, or that a container is guarded on. */
    public List<DiskStatus> disks() {
        var where = new TreeMap<Disk, List<String>>();
        memory.standings().seen().forEach(pod -> pod.rows()
                .forEach(row -> where.computeIfAbsent(row.use().disk(), disk -> new ArrayList<>())));
        for (var resolution : guard.status().disks()) {
            if (resolution instanceof DiskResolution.Found found) {
                found.disks().forEach(disk -> where.computeIfAbsent(disk, absent -> new ArrayList<>())
                        .add(found.asked()));
            }
        }
        return where.entrySet().stream()
                .map(entry -> new DiskStatus(
                        entry.getKey(),
                        entry.getValue().stream().sorted().toList(),
                        memory.loads().rates(entry.getKey().id()),
                        memory.countingOff(entry.getKey().id())))
                .toList();
    }

    /** What the disk did in the last hour, oldest first. */
    public List<DiskPoint> history(DeviceId disk) {
        return memory.loads().history(disk);
    }

    /** How much tasks waited for IO. */
    public Waiting waiting() {
        return memory.waiting();
    }

    /** When the counters were last read. */
    public Optional<Instant> lastRound() {
        return memory.loads().lastRound();
    }

    /** Pods with something wrong, by name. */
    public List<PodTrouble> troubles() {
        var there = uids();
        return memory.standings().seen().stream()
                .filter(seen -> there.contains(seen.pod().uid()))
                .map(memory.standings()::of)
                .filter(trouble -> !trouble.isNone())
                .sorted(Comparator.comparing(trouble -> trouble.pod().fullName()))
                .toList();
    }

    private Set<String> uids() {
        return guard.status().pods() instanceof PodSource.Snapshot.Synced synced
                ? synced.pods().stream().map(Pod::uid).collect(Collectors.toSet())
                : Set.of();
    }

    private List<ContainerView> views(Standings.Seen seen, List<Ineffective> findings) {
        var rows = new TreeMap<String, List<Explanation.Row>>();
        seen.rows().forEach(row -> rows.computeIfAbsent(row.target().cgroup().value(), cgroup -> new ArrayList<>(1))
                .add(row));
        return rows.values().stream()
                .map(its -> {
                    var target = its.get(0).target();
                    return new ContainerView(
                            seen.pod(),
                            target.container(),
                            target.cgroup(),
                            seen.at(),
                            its.stream()
                                    .sorted(Comparator.comparing(
                                            row -> row.use().disk()))
                                    .map(row -> standing(row, findings))
                                    .toList());
                })
                .toList();
    }

    private DiskStanding standing(Explanation.Row row, List<Ineffective> findings) {
        var container = row.target().container();
        var key = container.map(it -> new ContainerKey(row.target().pod().uid(), it.name()));
        var disk = row.use().disk();
        var kernel = row.kernel().orElse(row.decision().limit());
        var trouble = memory.standings().trouble(row);
        return new DiskStanding(
                row.use(),
                kernel,
                row.decision(),
                state(row, trouble),
                trouble.map(Standings.Trouble::detail),
                key.flatMap(it -> memory.loads().counters(it, disk.id())),
                key.flatMap(it -> memory.loads().rates(it, disk.id())),
                findings.stream()
                        .filter(finding -> container
                                        .filter(it -> it.name().equals(finding.container()))
                                        .isPresent()
                                && finding.disk().map(disk::equals).orElse(true))
                        .toList());
    }

    private static DiskStanding.State state(Explanation.Row row, Optional<Standings.Trouble> trouble) {
        var wanted = row.decision().limit();
        var kernel = row.kernel().orElse(wanted);
        if (wanted.equals(kernel)) {
            return wanted.isUnlimited() ? DiskStanding.State.UNLIMITED : DiskStanding.State.HELD;
        }
        return trouble.map(Standings.Trouble::state)
                .orElse(
                        row.ours().isEmpty() && !kernel.isUnlimited()
                                ? DiskStanding.State.FOREIGN
                                : DiskStanding.State.PENDING);
    }

    private static ContainerKey key(ContainerView container) {
        return new ContainerKey(container.pod().uid(), container.name());
    }
}
