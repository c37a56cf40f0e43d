/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.device.DeviceResolver;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.spi.Environment;
import io.diskguard.spi.RuntimeResolver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks the docker daemon for a container by its id. Nothing is loaded or connected to before the first question; each is
 * answered within 2 s, or unknown. Thread-safe.
 */
public final class DockerResolver implements RuntimeResolver {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final DockerApi api;
    private final CgroupFinder cgroups;
    private final DeviceResolver host;

    private DockerResolver(DockerApi api, CgroupFinder cgroups, DeviceResolver host) {
        this.api = api;
        this.cgroups = cgroups;
        this.host = host;
    }

    /** Asks on the socket of setting {@code container_socket_path}, else of {@code DOCKER_HOST}, else the usual one. */
    public static DockerResolver in(Environment environment) {
        return in(environment, DockerSocket.DEADLINE);
    }

    static DockerResolver in(Environment environment, Duration deadline) {
        return new DockerResolver(
                new DockerApi(DockerSocket.of(environment), deadline),
                new CgroupFinder(environment.paths().proc()),
                new DeviceResolver(environment.paths()));
    }

    @Override
    public Resolution resolve(ContainerId id) {
        if (!id.scheme().equals(DockerContainer.SCHEME)) {
            return new Resolution.Unknown("docker knows no container " + id.scheme() + "://…");
        }
        if (!ID.matcher(id.id()).matches()) {
            return new Resolution.Gone();
        }
        var answer = api.inspect(id.id());
        if (answer instanceof Answer.Given<DockerContainer> given) {
            return found(given.value());
        }
        return answer instanceof Answer.Failed<DockerContainer> failed
                ? new Resolution.Unknown(failed.reason())
                : new Resolution.Gone();
    }

    private Resolution found(DockerContainer container) {
        var ofProcess = container.pid().flatMap(pid -> cgroups.ofProcess(pid, container.id()));
        if (ofProcess.isPresent()) {
            return found(container, ofProcess.get());
        }
        var driver = api.cgroupDriver();
        if (driver instanceof Answer.Given<String> given) {
            return CgroupFinder.computed(given.value(), container.cgroupParent(), container.id())
                    .map(path -> found(container, path))
                    .orElseGet(() -> new Resolution.Unknown("cgroup driver " + given.value() + " with parent \""
                            + container.cgroupParent() + "\" says no cgroup of " + container.id()));
        }
        return new Resolution.Unknown(
                driver instanceof Answer.Failed<String> failed ? failed.reason() : "the daemon has no info");
    }

    private Resolution found(DockerContainer container, CgroupPath cgroup) {
        return new Resolution.Found(
                cgroup,
                Optional.of(container.nameInPod()),
                Optional.of(container.image()).filter(image -> !image.isBlank()),
                container.pid(),
                container.sandbox(),
                List.of(),
                container.devices().map(this::blockNodes));
    }

    /** The daemon says which of the host's nodes it gave; a character device, and one that is gone, has no number here. */
    private List<BlockNode> blockNodes(List<DockerContainer.DeviceNode> nodes) {
        return nodes.stream()
                .flatMap(node -> host.numberOf(node.hostPath()).stream()
                        .map(number -> new BlockNode(node.containerPath(), number)))
                .toList();
    }

    @Override
    public void close() {
        api.close();
    }
}
