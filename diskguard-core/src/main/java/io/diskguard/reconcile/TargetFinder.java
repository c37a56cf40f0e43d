/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Disk;
import io.diskguard.model.Pod;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.RuntimeResolver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds the cgroups of a pod's containers, those included that the pod's status does not know yet. */
final class TargetFinder {
    private final PodCgroups cgroups;
    private final Function<ContainerId, RuntimeResolver.Resolution> runtime;
    private final Uniformity uniformity;

    TargetFinder(PodCgroups cgroups, Function<ContainerId, RuntimeResolver.Resolution> runtime, Uniformity uniformity) {
        this.cgroups = cgroups;
        this.runtime = runtime;
        this.uniformity = uniformity;
    }

    /**
     * @param targets every cgroup whose container is known well enough to limit it
     * @param claimed every cgroup that belongs to the pod, also those that are left alone
     */
    record Found(List<Target> targets, Set<CgroupPath> claimed) {}

    Found find(Pod pod, Collection<Disk> disks) {
        var missing = known(pod);
        var targets = new ArrayList<Target>();
        var claimed = new HashSet<CgroupPath>();
        var uniform = Optional.<Boolean>empty();
        for (var cgroup : cgroups.containersOf(pod)) {
            claimed.add(cgroup.path());
            var container = Optional.ofNullable(missing.remove(cgroup.id()));
            if (container.isEmpty() && uniform.isEmpty()) {
                // looks at every container: once for all cgroups, not once each
                uniform = Optional.of(uniformity.isUniform(pod, disks));
            }
            if (container.isPresent() || uniform.get()) {
                targets.add(new Target(pod, container, cgroup.path()));
            } else {
                named(pod, cgroup).ifPresent(targets::add);
            }
        }
        // A scan of the tree or a call for each container that ended long ago would be dear
        var strange = claimed.isEmpty();
        missing.values().forEach(container -> elsewhere(pod, container, strange).ifPresent(path -> {
            claimed.add(path);
            targets.add(new Target(pod, Optional.of(container), path));
        }));
        return new Found(targets, claimed);
    }

    private static Map<String, Container> known(Pod pod) {
        var byId = new HashMap<String, Container>();
        pod.containers().forEach(container -> container.id().ifPresent(id -> byId.put(id.id(), container)));
        return byId;
    }

    private Optional<CgroupPath> elsewhere(Pod pod, Container container, boolean askRuntime) {
        return container.id().flatMap(id -> cgroups.find(pod, id)
                .or(() -> askRuntime && runtime.apply(id) instanceof RuntimeResolver.Resolution.Found found
                        ? Optional.of(found.cgroup())
                        : Optional.empty()));
    }

    /** Asks the runtime which of the pod's containers it is; what it does not know waits for the pod's status. */
    private Optional<Target> named(Pod pod, PodCgroups.ContainerCgroup cgroup) {
        return scheme(pod)
                .map(scheme -> runtime.apply(new ContainerId(scheme, cgroup.id())))
                .flatMap(answer -> answer instanceof RuntimeResolver.Resolution.Found found && !found.sandbox()
                        ? found.name()
                        : Optional.empty())
                .flatMap(name -> pod.containers().stream()
                        .filter(container -> container.name().equals(name))
                        .findFirst())
                .map(container -> new Target(pod, Optional.of(container), cgroup.path()));
    }

    private static Optional<String> scheme(Pod pod) {
        return pod.containers().stream()
                .flatMap(container -> container.id().stream())
                .map(ContainerId::scheme)
                .findFirst();
    }
}
