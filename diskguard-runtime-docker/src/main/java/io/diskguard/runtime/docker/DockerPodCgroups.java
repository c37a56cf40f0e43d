/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.spi.PodCgroups;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The cgroups of docker's containers. A container that is known to run is looked up by its process, without the daemon;
 * only where that says nothing is the daemon asked. Thread-safe.
 */
final class DockerPodCgroups implements PodCgroups {
    private final DockerFollower follower;
    private final DockerApi api;
    private final CgroupFinder cgroups;
    private volatile boolean closed;

    DockerPodCgroups(DockerFollower follower, DockerApi api, CgroupFinder cgroups) {
        this.follower = follower;
        this.api = api;
        this.cgroups = cgroups;
    }

    @Override
    public Optional<CgroupPath> find(Pod pod, ContainerId id) {
        var known = Optional.ofNullable(follower.state().containers().get(id.id()));
        return known.or(() -> asked(id.id()))
                .filter(container -> container.podUid().equals(pod.cgroupUid()))
                .flatMap(this::cgroup);
    }

    @Override
    public List<ContainerCgroup> containersOf(Pod pod) {
        return follower.state().containers().values().stream()
                .filter(container -> container.podUid().equals(pod.cgroupUid()))
                .flatMap(container -> cgroup(container).map(path -> new ContainerCgroup(path, container.id())).stream())
                .toList();
    }

    private Optional<CgroupPath> cgroup(DockerContainer container) {
        if (!container.running()) {
            return Optional.empty();
        }
        return ofProcess(container)
                .or(() -> asked(container.id()).filter(DockerContainer::running).flatMap(now -> ofProcess(now)
                        .or(() -> computed(now))));
    }

    private Optional<CgroupPath> ofProcess(DockerContainer container) {
        return container.pid().flatMap(pid -> cgroups.ofProcess(pid, container.id()));
    }

    private Optional<CgroupPath> computed(DockerContainer container) {
        return api.cgroupDriver() instanceof Answer.Given<String> driver
                ? CgroupFinder.computed(driver.value(), container.cgroupParent(), container.id())
                : Optional.empty();
    }

    private Optional<DockerContainer> asked(String id) {
        return api.inspect(id) instanceof Answer.Given<DockerContainer> given
                ? Optional.of(given.value())
                : Optional.empty();
    }

    @Override
    public void onAppeared(Consumer<String> cgroupUid) {
        follower.onAppeared(uid -> {
            if (!closed) {
                cgroupUid.accept(uid);
            }
        });
    }

    @Override
    public void refresh() {
        follower.lookAgain();
    }

    @Override
    public void close() {
        closed = true;
    }
}
