/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import io.diskguard.model.CgroupPath;
import io.diskguard.runtime.containerd.wire.Cri.ContainerState;
import io.diskguard.runtime.containerd.wire.Cri.ContainerStatus;
import io.diskguard.runtime.containerd.wire.Cri.ContainerStatusRequest;
import io.diskguard.runtime.containerd.wire.Cri.ContainerStatusResponse;
import io.diskguard.runtime.containerd.wire.Cri.PodSandboxStatusRequest;
import io.diskguard.runtime.containerd.wire.Cri.PodSandboxStatusResponse;
import io.diskguard.spi.RuntimeResolver.Mount;
import io.diskguard.spi.RuntimeResolver.Resolution;
import io.grpc.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Asks for a container, and if there is none of that id, for a sandbox. Thread-safe. */
final class CriLookup implements AutoCloseable {
    /** For one answer, however many calls it takes. */
    static final long SECONDS_MAX = 2;

    private final CriConnection connection;
    private final ProcCgroups processes;

    CriLookup(CriConnection connection, ProcCgroups processes) {
        this.connection = connection;
        this.processes = processes;
    }

    Resolution resolve(String id) {
        var deadline = Deadline.after(SECONDS_MAX, TimeUnit.SECONDS);
        var question = ContainerStatusRequest.newBuilder()
                .setContainerId(id)
                .setVerbose(true)
                .build();
        var answer = connection.ask(client -> client.call(CriMethods.CONTAINER_STATUS, question, deadline), deadline);
        if (answer instanceof Answer.Got<ContainerStatusResponse> got) {
            return container(id, got.value());
        }
        return answer instanceof Answer.NoSuch<?> ? sandbox(id, deadline) : goneOrUnknown(answer);
    }

    private Resolution sandbox(String id, Deadline deadline) {
        var question = PodSandboxStatusRequest.newBuilder()
                .setPodSandboxId(id)
                .setVerbose(true)
                .build();
        var answer = connection.ask(client -> client.call(CriMethods.POD_SANDBOX_STATUS, question, deadline), deadline);
        if (!(answer instanceof Answer.Got<PodSandboxStatusResponse> got)) {
            return goneOrUnknown(answer);
        }
        if (!got.value().getStatus().getId().equals(id)) {
            return new Resolution.Gone();
        }
        var info = VerboseInfo.read(got.value().getInfoMap());
        return cgroup(id, info)
                .<Resolution>map(path ->
                        new Resolution.Found(path, Optional.empty(), Optional.empty(), info.pid(), true, List.of()))
                .orElseGet(() -> pathless("sandbox", id));
    }

    /** A daemon takes the beginning of an id for it; an exited container's cgroup is gone, and it never starts again. */
    private Resolution container(String id, ContainerStatusResponse response) {
        var status = response.getStatus();
        if (!status.getId().equals(id) || status.getState() == ContainerState.CONTAINER_EXITED) {
            return new Resolution.Gone();
        }
        var info = VerboseInfo.read(response.getInfoMap());
        return cgroup(id, info)
                .<Resolution>map(path -> new Resolution.Found(
                        path,
                        Optional.of(status.getMetadata().getName()).filter(name -> !name.isBlank()),
                        image(status),
                        info.pid(),
                        false,
                        mounts(status),
                        info.devices()))
                .orElseGet(() -> pathless("container", id));
    }

    /** One that does not bear its id is not the container's alone: a limit there would be everybody's. */
    private Optional<CgroupPath> cgroup(String id, VerboseInfo info) {
        return info.cgroupsPath()
                .flatMap(CgroupsPaths::read)
                .filter(path -> path.name().contains(id))
                .or(() -> info.pid().flatMap(pid -> processes.of(pid, id)));
    }

    /** A name before a digest: what is matched against is what people write. */
    private static Optional<String> image(ContainerStatus status) {
        var image = status.getImage();
        var known = Stream.of(image.getImage(), image.getUserSpecifiedImage(), status.getImageRef())
                .filter(name -> !name.isBlank())
                .toList();
        return known.stream()
                .filter(name -> !name.startsWith("sha256:"))
                .findFirst()
                .or(() -> known.stream().findFirst());
    }

    private static List<Mount> mounts(ContainerStatus status) {
        return status.getMountsList().stream()
                .filter(mount -> mount.getContainerPath().startsWith("/")
                        && mount.getHostPath().startsWith("/"))
                .map(mount -> new Mount(mount.getContainerPath(), mount.getHostPath()))
                .toList();
    }

    private static Resolution pathless(String what, String id) {
        return new Resolution.Unknown("the runtime does not say in which cgroup " + what + " " + id + " is");
    }

    private static Resolution goneOrUnknown(Answer<?> answer) {
        return answer instanceof Answer.Failed<?> failed
                ? new Resolution.Unknown(failed.reason())
                : new Resolution.Gone();
    }

    @Override
    public void close() {
        connection.close();
    }
}
