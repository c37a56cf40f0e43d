/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.config.DiskCapacity;
import io.diskguard.config.GuardConfig;
import io.diskguard.filter.PodFilter;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.smart.Surroundings;
import io.diskguard.spi.LimitPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The pods of a trace, as a configuration sees them. Used by one thread. */
final class TracedPods implements Surroundings {
    private final GuardConfig config;
    private final PolicyChain policies;
    private final PodFilter filter;
    private final Map<String, Pod> pods = new HashMap<>();
    private final Map<ContainerKey, Map<Disk, IoLimit>> statics = new HashMap<>();
    private final Map<ContainerKey, Optional<String>> excluded = new HashMap<>();

    private final Map<ContainerKey, List<DiskUse>> uses = new HashMap<>();
    private Set<ContainerKey> running = Set.of();

    TracedPods(GuardConfig config, List<LimitPolicy> custom) {
        this.config = config;
        this.policies = PolicyChain.of(config, custom);
        this.filter = new PodFilter(config.exclusions());
    }

    void seen(Pod pod) {
        pods.put(pod.uid(), pod);
        statics.keySet().removeIf(container -> container.podUid().equals(pod.uid()));
        excluded.keySet().removeIf(container -> container.podUid().equals(pod.uid()));
    }

    /**
     * What a round tells of them.
     *
     * @param nowRunning containers that were to be read
     * @param special what is known of their disks besides that they are guarded
     * @param uids of all pods that are there; the others are forgotten
     */
    void at(Set<ContainerKey> nowRunning, Map<ContainerKey, List<DiskUse>> special, Set<String> uids) {
        running = Set.copyOf(nowRunning);
        for (var container : running) {
            var now = special.get(container);
            var before = now == null ? uses.remove(container) : uses.put(container, now);
            if (!Objects.equals(before, now)) {
                statics.remove(container);
            }
        }
        pods.keySet().retainAll(uids);
        statics.keySet().removeIf(container -> !uids.contains(container.podUid()));
        excluded.keySet().removeIf(container -> !uids.contains(container.podUid()));
        uses.keySet().removeIf(container -> !uids.contains(container.podUid()));
    }

    /** {@code namespace/pod/container}; the uid stands for a pod that is not known. For a terminal: whoever wrote the trace chose it. */
    String name(ContainerKey container) {
        return Optional.ofNullable(pods.get(container.podUid()))
                .map(pod -> pod.fullName() + "/" + container.name())
                .orElseGet(container::toString)
                .replaceAll("\\p{Cntrl}", "?");
    }

    /** Why nothing is decided about the container; empty if something is. */
    Optional<String> excludes(ContainerKey key) {
        return excluded.computeIfAbsent(key, absent -> Optional.ofNullable(pods.get(key.podUid()))
                .flatMap(pod -> policies.isExempt(pod)
                        ? Optional.of("its pod opted out")
                        : container(pod, key)
                                .map(container -> filter.excludes(pod, container))
                                .orElseGet(() -> filter.excludes(pod))));
    }

    /** As the running agent has it: of a container that does not run nothing is said. */
    @Override
    public IoLimit statics(ContainerKey key, Disk disk) {
        return running.contains(key) ? known(key, disk) : IoLimit.UNLIMITED;
    }

    private IoLimit known(ContainerKey key, Disk disk) {
        return statics.computeIfAbsent(key, absent -> new HashMap<>())
                .computeIfAbsent(disk, absent -> Optional.ofNullable(pods.get(key.podUid()))
                        .map(pod -> policies.decide(new LimitPolicy.Subject(pod, container(pod, key), use(key, disk)))
                                .limit())
                        .orElse(IoLimit.UNLIMITED));
    }

    private DiskUse use(ContainerKey key, Disk disk) {
        return uses.getOrDefault(key, List.of()).stream()
                .filter(use -> use.disk().equals(disk))
                .findFirst()
                .orElseGet(() -> DiskUse.guarded(disk));
    }

    private static Optional<Container> container(Pod pod, ContainerKey key) {
        return pod.containers().stream()
                .filter(container -> container.name().equals(key.name()))
                .findFirst();
    }

    @Override
    public DiskCapacity capacity(Disk disk) {
        var own = config.disks().capacities();
        for (var name : List.of(disk.name(), "/dev/" + disk.name(), disk.id().toString())) {
            if (own.containsKey(name)) {
                return either(own.get(name), config.disks().capacity());
            }
        }
        return config.disks().capacity();
    }

    private static DiskCapacity either(DiskCapacity own, DiskCapacity usual) {
        return new DiskCapacity(
                own.iops().isPresent() ? own.iops() : usual.iops(), own.bps().isPresent() ? own.bps() : usual.bps());
    }
}
