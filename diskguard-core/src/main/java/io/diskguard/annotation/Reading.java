/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import io.diskguard.model.Container;
import io.diskguard.model.DiskUse;
import io.diskguard.model.LimitKey;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a pod's annotations say. Immutable; thread-safe. */
public final class Reading {
    static final Rules NO_RULES = new Rules(List.of());

    /** Nothing is said. */
    static final Reading EMPTY = new Reading(Map.of(), false, NO_RULES, List.of());

    private final boolean removed;
    private final Rules rules;
    private final Answer flat;
    private final Answer silent;
    private final Set<String> devices;
    private final Set<String> volumes;
    private final boolean rootfs;
    private final boolean containers;

    /** @param removed whether the values are those of {@code removed}, which no rule overrides */
    Reading(Map<LimitKey, Value> values, boolean removed, Rules rules, List<Problem> problems) {
        this.removed = removed;
        this.rules = rules;
        flat = new Answer(values, problems);
        silent = new Answer(Map.of(), problems);
        var named = new TreeSet<String>();
        var ofContainers = new TreeSet<String>();
        var anyRootfs = false;
        var anyContainer = false;
        if (!removed) {
            for (var rule : rules.all()) {
                if (rule.place() instanceof Place.Device device) {
                    named.add(device.text());
                }
                if (rule.place() instanceof Place.Volume volume) {
                    ofContainers.add(volume.name());
                }
                anyRootfs |= rule.place() instanceof Place.Rootfs;
                anyContainer |= rule.container().isPresent();
            }
        }
        devices = Collections.unmodifiableSet(named);
        volumes = Collections.unmodifiableSet(ofContainers);
        rootfs = anyRootfs;
        containers = anyContainer;
    }

    /**
     * What holds for a container on a disk.
     *
     * @param container its name; empty while it is not known: then only rules without a container are for it
     */
    public Answer on(Optional<String> container, DiskUse use) {
        if (removed) {
            return flat;
        }
        var said = use.guarded() ? flat : silent;
        if (rules.all().isEmpty()) {
            return said;
        }
        var values = new EnumMap<LimitKey, Value>(LimitKey.class);
        values.putAll(said.values());
        var ties = new Problems();
        rules.override(values, container, use, ties);
        var problems = said.problems();
        if (!ties.list().isEmpty()) {
            problems = new ArrayList<>(problems);
            problems.addAll(ties.list());
        }
        return new Answer(values, problems);
    }

    /** What is wrong in the annotations, whatever the pod and the disk. */
    public List<Problem> problems() {
        return flat.problems();
    }

    /** One problem for each container and volume that a rule names and the pod does not have. */
    public List<Problem> check(Pod pod) {
        if (rules.all().isEmpty()) {
            return List.of();
        }
        var problems = new Problems();
        var names = names(pod);
        // A pod may have thousands of mounts, and a document hundreds of rules
        var volumes = new HashMap<Optional<String>, Set<String>>();
        for (var rule : rules.all()) {
            rule.container()
                    .filter(name -> !names.contains(name))
                    .ifPresent(name ->
                            problems.add(rule.key() + ".container", name, "a container of the pod: " + listed(names)));
            if (rule.place() instanceof Place.Volume volume) {
                var mounted = volumes.computeIfAbsent(
                        rule.container().filter(names::contains), container -> volumes(pod, container));
                if (!mounted.contains(volume.name())) {
                    problems.add(
                            rule.key() + ".volume",
                            volume.name(),
                            "a volume that "
                                    + rule.container()
                                            .map(name -> "container " + name)
                                            .orElse("a container of the pod")
                                    + " mounts: " + listed(mounted));
                }
            }
        }
        return problems.list();
    }

    /** Whether a rule names a volume or the root file system: then what a container has on a disk matters. */
    public boolean namesPlaces() {
        return rootfs || !volumes.isEmpty();
    }

    /** The volumes that rules name. */
    public Set<String> namedVolumes() {
        return volumes;
    }

    /** Whether a rule names the root file system. */
    public boolean namesRootfs() {
        return rootfs;
    }

    /** The disks that rules name, as written (kernel name or {@code MAJ:MIN}): limited though they are not configured. */
    public Set<String> namedDevices() {
        return devices;
    }

    /** Whether {@code removed} is said: nothing limits the pod but the ceiling. */
    public boolean isRemoved() {
        return removed;
    }

    /** Whether every container of the pod gets the same on the same disk. */
    public boolean isUniform() {
        return !containers && !namesPlaces();
    }

    private static Set<String> names(Pod pod) {
        return pod.containers().stream().map(Container::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> volumes(Pod pod, Optional<String> container) {
        return pod.containers().stream()
                .filter(one -> container.isEmpty() || container.get().equals(one.name()))
                .flatMap(one -> one.mounts().stream())
                .map(MountRef::volume)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String listed(Set<String> names) {
        return names.isEmpty() ? "there is none" : Problems.shortened(String.join(", ", names));
    }

    /**
     * What holds on one disk.
     *
     * @param values a number that is not in it is not said
     * @param problems those of {@link Reading#problems()}, and one for each rule that ties with a stricter one here
     */
    public record Answer(Map<LimitKey, Value> values, List<Problem> problems) {
        public Answer {
            values = values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(values));
            problems = List.copyOf(problems);
        }
    }

    /**
     * One number.
     *
     * @param key where it comes from, for a person to read: {@code iops-limit/read-iops},
     *     {@code iops-limit/policy[0] (volume data)}
     */
    public record Value(Rate rate, String key) {}
}
