/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.policy.limiter.SmartLimiter;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.Watched;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a run over a pod sees and does of it that smart limit has to know. */
final class Sighting implements Progress {
    private final Pod pod;
    private final List<Watched> watched = new ArrayList<>();
    private final Map<String, Map<DeviceId, SmartLimit>> marks = new HashMap<>();
    private final Set<String> exempt = new HashSet<>();
    private final Set<String> absent = new HashSet<>();
    private final Set<String> unread = new HashSet<>();
    private final Map<ContainerKey, Map<DeviceId, IoLimit>> kernel = new HashMap<>();
    private final Set<Place> open = new HashSet<>();
    private final Map<Place, Action> done = new HashMap<>();
    /** What stays as it is until more is known, whatever was decided. */
    private final Set<Held> held = new HashSet<>();

    /** A disk of a cgroup. */
    private record Place(CgroupPath cgroup, DeviceId disk) {}

    /** A disk of a container, by its name. */
    private record Held(String container, DeviceId disk) {}

    Sighting(Pod pod, List<Target> targets, boolean isExempt) {
        this.pod = pod;
        var here = new HashSet<String>();
        targets.forEach(target -> target.container().map(Container::name).ifPresent(here::add));
        for (var container : pod.containers()) {
            if (isExempt) {
                exempt.add(container.name());
            }
            // One without an id may be under way
            if (container.id().isPresent() && !here.contains(container.name())) {
                absent.add(container.name());
            }
        }
    }

    void excluded(Target target) {
        target.container().map(Container::name).ifPresent(exempt::add);
    }

    void unread(Target target) {
        target.container().map(Container::name).ifPresent(unread::add);
    }

    void seen(Observation observed) {
        observed.target().container().ifPresent(container -> {
            if (!exempt.contains(container.name())) {
                watched.add(new Watched(
                        pod,
                        container,
                        observed.target().cgroup(),
                        observed.uses().disks()));
            }
            var limits = new HashMap<DeviceId, IoLimit>();
            observed.uses()
                    .disks()
                    .forEach(use -> limits.put(
                            use.disk().id(), observed.limits().get(use.disk().id())));
            kernel.put(new ContainerKey(pod.uid(), container.name()), limits);
            if (observed.uses().tentative()) {
                observed.mark().entries().keySet().forEach(disk -> held.add(new Held(container.name(), disk)));
            }
            if (!observed.mark().isEmpty()) {
                var smart = marks.computeIfAbsent(container.name(), name -> new HashMap<>());
                observed.mark().entries().forEach((disk, entry) -> entry.smart()
                        .ifPresent(limit -> smart.put(disk, limit)));
            }
        });
    }

    void meet(SmartLimiter keeper, Collection<Disk> disks) {
        keeper.meet(pod, watched, marks, absent, exempt, disks);
    }

    /** Until it is done, what was decided is not in the kernel. */
    @Override
    public void planned(Action action) {
        open.add(new Place(action.cgroup(), action.device()));
    }

    @Override
    public void done(Action action) {
        var place = new Place(action.cgroup(), action.device());
        open.remove(place);
        done.put(place, action);
        if (action instanceof Action.Apply apply) {
            apply.target().container().map(Container::name).ifPresent(name -> {
                var before = marks.getOrDefault(name, Map.of()).get(apply.device());
                if (!apply.decision().smart().equals(Optional.ofNullable(before))) {
                    held.remove(new Held(name, apply.device()));
                }
            });
            set(apply, apply.target(), apply.decision().limit());
        } else if (action instanceof Action.Clear clear) {
            clear.target().ifPresent(target -> set(clear, target, IoLimit.UNLIMITED));
        }
    }

    private void set(Action action, Target target, IoLimit limit) {
        target.container()
                .map(container -> kernel.get(new ContainerKey(pod.uid(), container.name())))
                .ifPresent(limits -> limits.put(action.device(), limit));
    }

    /** The rows as they are after what was done. */
    List<Explanation.Row> after(List<Explanation.Row> rows) {
        return done.isEmpty() ? rows : rows.stream().map(this::after).toList();
    }

    private Explanation.Row after(Explanation.Row row) {
        var action = done.get(new Place(row.target().cgroup(), row.use().disk().id()));
        if (action == null) {
            return row;
        }
        var limit = Optional.of(
                action instanceof Action.Clear
                        ? IoLimit.UNLIMITED
                        : row.decision().limit());
        return new Explanation.Row(
                row.target(), row.use(), row.decision(), limit, limit.filter(it -> !it.isUnlimited()));
    }

    void tell(SmartLimiter keeper) {
        keeper.planned(pod, kernel, this::isTaken);
    }

    /** Whether the kernel has what was decided; what does not run has it as soon as it does. */
    private boolean isTaken(ContainerKey container, DeviceId disk) {
        return !unread.contains(container.name())
                && !held.contains(new Held(container.name(), disk))
                && watched.stream()
                        .filter(each -> each.container().name().equals(container.name()))
                        .noneMatch(each -> open.contains(new Place(each.cgroup(), disk)));
    }
}
