/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.Mount;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.MountRef;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A container as the daemon describes it. Names and labels of Kubernetes are those that the kubelet's docker service gives
 * ({@code pkg/kubelet/dockershim/naming.go} and {@code docker_service.go}, now cri-dockerd). Labels may come from the image,
 * so they say something of Kubernetes only where the name, which no image can give, does too.
 *
 * @param name without slash
 * @param mounts files and directories, and devices as raw block volumes named as the host names them
 * @param devices what it was given of the host's nodes, in its order; empty where the daemon does not say
 * @param pid of its first process, while it runs
 * @param cgroupParent as given when it was created, empty for the daemon's own
 * @param created when, RFC 3339
 */
record DockerContainer(
        String id,
        String name,
        String image,
        Map<String, String> labels,
        List<MountRef> mounts,
        Optional<List<DeviceNode>> devices,
        Optional<Long> pid,
        String cgroupParent,
        String created) {
    static final String SCHEME = "docker";
    /** The namespace of what no kubelet made. */
    static final String NAMESPACE = "docker";

    private static final String ANNOTATION = "annotation.";
    private static final String KUBERNETES = "k8s_";
    private static final String SANDBOX = KUBERNETES + "POD_";

    DockerContainer {
        labels = Map.copyOf(labels);
        mounts = List.copyOf(mounts);
        devices = devices.map(List::copyOf);
    }

    /** A node of the host at a path in the container; it may be of a character device. */
    record DeviceNode(String hostPath, String containerPath) {}

    /** @throws IllegalArgumentException if the answer is no container's */
    static DockerContainer of(InspectContainerResponse answer) {
        var name = withoutSlash(Objects.requireNonNullElse(answer.getName(), ""));
        if (answer.getId() == null || name.isEmpty() || answer.getState() == null || answer.getConfig() == null) {
            throw new IllegalArgumentException("the answer is no container's");
        }
        var labels = new LinkedHashMap<String, String>();
        Optional.ofNullable(answer.getConfig().getLabels())
                .orElse(Map.of())
                .forEach((key, value) -> labels.put(key, Objects.requireNonNullElse(value, "")));
        var devices = devices(answer);
        return new DockerContainer(
                answer.getId(),
                name,
                text(answer.getConfig().getImage()),
                labels,
                Stream.concat(
                                Optional.ofNullable(answer.getMounts()).orElse(List.of()).stream()
                                        .flatMap(DockerContainer::mount),
                                devices.stream()
                                        .flatMap(List::stream)
                                        .map(node -> new MountRef(node.hostPath(), node.containerPath(), true)))
                        .toList(),
                devices,
                Optional.ofNullable(answer.getState().getPidLong()).filter(pid -> pid > 0),
                answer.getHostConfig() == null
                        ? ""
                        : text(answer.getHostConfig().getCgroupParent()),
                text(answer.getCreated()));
    }

    static String withoutSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }

    boolean running() {
        return pid.isPresent();
    }

    /** Whether it is a pod's sandbox (pause). */
    boolean sandbox() {
        return name.startsWith(SANDBOX)
                && label("docker.type").filter("podsandbox"::equals).isPresent();
    }

    String podUid() {
        return label("pod.uid").orElse(id);
    }

    String podNamespace() {
        return label("pod.namespace").orElse(NAMESPACE);
    }

    String podName() {
        return label("pod.name").orElse(name);
    }

    /** Its name in its pod. */
    String nameInPod() {
        return label("container.name").orElse(name);
    }

    /** The labels, and what the kubelet put among them as {@code annotation.<key>}. */
    Map<String, String> annotations() {
        var all = new LinkedHashMap<>(labels);
        labels.forEach((key, value) -> {
            if (ofKubernetes() && key.startsWith(ANNOTATION)) {
                all.put(key.substring(ANNOTATION.length()), value);
            }
        });
        return all;
    }

    /** Its place in a pod; the id only while it runs, since only then is there a cgroup. */
    Container inPod() {
        return new Container(
                nameInPod(),
                image,
                ContainerKind.MAIN,
                running() ? Optional.of(new ContainerId(SCHEME, id)) : Optional.empty(),
                mounts);
    }

    private boolean ofKubernetes() {
        return name.startsWith(KUBERNETES);
    }

    private Optional<String> label(String key) {
        return Optional.ofNullable(labels.get("io.kubernetes." + key))
                .filter(value -> ofKubernetes() && !value.isEmpty());
    }

    private static Stream<MountRef> mount(Mount mount) {
        var volume = text(mount.getName()).isEmpty() ? text(mount.getSource()) : text(mount.getName());
        var path = mount.getDestination() == null
                ? ""
                : text(mount.getDestination().getPath());
        return volume.isEmpty() || !path.startsWith("/")
                ? Stream.empty()
                : Stream.of(new MountRef(volume, path, false));
    }

    private static Optional<List<DeviceNode>> devices(InspectContainerResponse answer) {
        var given =
                answer.getHostConfig() == null ? null : answer.getHostConfig().getDevices();
        return Optional.ofNullable(given).map(devices -> Arrays.stream(devices)
                .filter(device -> text(device.getPathOnHost()).startsWith("/")
                        && text(device.getPathInContainer()).startsWith("/"))
                .map(device -> new DeviceNode(text(device.getPathOnHost()), text(device.getPathInContainer())))
                .toList());
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
