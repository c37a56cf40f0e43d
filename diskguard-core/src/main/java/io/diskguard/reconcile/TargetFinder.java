/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.Disk;
import io.diskguard.model.Pod;
import io.diskguard.reconcile.Strangers.Identity;
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

/**
 * Finds the cgroups of a pod's containers, those included that the pod's status does not know yet: at once where all
 * containers are alike, else once the runtime said whose it is. What is there from before us, besides containers that are
 * all known, is the sandbox, and left alone.
 */
final class TargetFinder {
    private final PodCgroups cgroups;
    private final Function<ContainerId, RuntimeResolver.Resolution> runtime;
    private final Uniformity uniformity;
    private final Strangers strangers;

    TargetFinder(
            PodCgroups cgroups,
            Function<ContainerId, RuntimeResolver.Resolution> runtime,
            Uniformity uniformity,
            Strangers strangers) {
        this.cgroups = cgroups;
        this.runtime = runtime;
        this.uniformity = uniformity;
        this.strangers = strangers;
    }

    /**
     * @param targets every cgroup whose container is known well enough to limit it
     * @param claimed every cgroup that belongs to the pod, also those that are left alone
     * @param strange those of which it is not known whose they are
     * @param sandboxes those that are known to be never limited
     */
    record Found(
            List<Target> targets,
            Set<CgroupPath> claimed,
            List<PodCgroups.ContainerCgroup> strange,
            List<CgroupPath> sandboxes) {}

    Found find(Pod pod, Collection<Disk> disks) {
        var missing = known(pod);
        var found = new Found(new ArrayList<>(), new HashSet<>(), new ArrayList<>(), new ArrayList<>());
        var others = new ArrayList<PodCgroups.ContainerCgroup>();
        var isNew = strangers.meet(pod);
        for (var cgroup : cgroups.containersOf(pod)) {
            found.claimed().add(cgroup.path());
            var container = missing.remove(cgroup.id());
            if (container == null) {
                others.add(cgroup);
            } else {
                strangers.forget(cgroup.path());
                found.targets().add(new Target(pod, Optional.of(container), cgroup.path()));
            }
        }
        if (!others.isEmpty()) {
            if (isNew && !expects(pod, found.targets())) {
                others.forEach(cgroup -> strangers.presume(cgroup.path()));
            }
            addOthers(pod, disks, others, found);
        }
        // A scan of the tree or a call for each container that ended long ago would be dear
        var nothing = found.claimed().isEmpty();
        missing.values().forEach(container -> elsewhere(pod, container, nothing).ifPresent(path -> {
            found.claimed().add(path);
            found.targets().add(new Target(pod, Optional.of(container), path));
        }));
        return found;
    }

    private void addOthers(Pod pod, Collection<Disk> disks, List<PodCgroups.ContainerCgroup> others, Found found) {
        // looks at every container: once for all cgroups, not once each
        var uniform = Optional.<Boolean>empty();
        for (var cgroup : others) {
            var identity = strangers.of(cgroup.path());
            if (identity.filter(Identity.Presumed.class::isInstance).isPresent()) {
                found.strange().add(cgroup);
                continue;
            }
            if (identity.isEmpty()) {
                uniform = uniform.or(() -> Optional.of(uniformity.isUniform(pod, disks)));
                identity = uniform.get() ? identity : strangers.ask(pod, cgroup);
            }
            if (identity.isEmpty()) {
                found.strange().add(cgroup);
            } else if (identity.get() instanceof Identity.Sandbox) {
                found.sandboxes().add(cgroup.path());
                continue;
            }
            var container = identity.flatMap(it -> named(pod, (Identity.Named) it));
            if (container.isEmpty()) {
                uniform = uniform.or(() -> Optional.of(uniformity.isUniform(pod, disks)));
            }
            if (container.isPresent() || uniform.get()) {
                found.targets().add(new Target(pod, container, cgroup.path()));
            }
        }
    }

    /** Whether a container is still to come: an init container only while none of those that wait for it has been made. */
    private static boolean expects(Pod pod, List<Target> targets) {
        var here = new HashSet<String>();
        targets.forEach(target -> here.add(target.container().orElseThrow().name()));
        var initialised = pod.containers().stream()
                .anyMatch(container ->
                        container.kind() == ContainerKind.MAIN && container.id().isPresent());
        return pod.containers().stream()
                .anyMatch(container ->
                        !here.contains(container.name()) && !(initialised && container.kind() == ContainerKind.INIT));
    }

    /** The container of that name, with the id that its cgroup bears: its status may still have that of its predecessor. */
    private static Optional<Container> named(Pod pod, Identity.Named identity) {
        return pod.containers().stream()
                .filter(container -> container.name().equals(identity.name()))
                .findFirst()
                .map(it -> new Container(it.name(), it.image(), it.kind(), Optional.of(identity.id()), it.mounts()));
    }

    private static Map<String, Container> known(Pod pod) {
        var byId = new HashMap<String, Container>();
        pod.containers().forEach(container -> container.id().ifPresent(id -> byId.put(id.id(), container)));
        return byId;
    }

    /** A runtime's word alone limits no cgroup that does not name the container. */
    private Optional<CgroupPath> elsewhere(Pod pod, Container container, boolean askRuntime) {
        return container.id().flatMap(id -> cgroups.find(pod, id)
                .or(() -> askRuntime
                                && runtime.apply(id) instanceof RuntimeResolver.Resolution.Found found
                                && found.cgroup().value().contains(id.id())
                        ? Optional.of(found.cgroup())
                        : Optional.empty()));
    }
}
