/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what the API server says of a pod into a {@link Pod}. What cannot be understood of a container is left out. */
final class PodReader {
    /** The whole manifest as text, put there by kubectl: large, and nothing that a limit depends on. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

    private PodReader() {}

    /**
     * The pod; empty if its containers have ended for good. One that is being deleted still runs until its grace period is
     * over, and is a pod until the API server says that it is gone.
     *
     * @throws IllegalArgumentException if the object cannot be a pod
     */
    static Optional<Pod> read(SlimPod slim) {
        var spec = slim.spec == null ? new SlimPod.Spec() : slim.spec;
        var status = slim.status == null ? new SlimPod.Status() : slim.status;
        if (status.phase != null && FINISHED.contains(status.phase)) {
            return Optional.empty();
        }
        var containers = new ArrayList<Container>();
        add(containers, spec.initContainers, ContainerKind.INIT, ids(status.initContainerStatuses));
        add(containers, spec.containers, ContainerKind.MAIN, ids(status.containerStatuses));
        add(containers, spec.ephemeralContainers, ContainerKind.EPHEMERAL, ids(status.ephemeralContainerStatuses));
        var meta = slim.getMetadata();
        return Optional.of(new Pod(
                text(meta.getUid()),
                text(meta.getNamespace()),
                text(meta.getName()),
                qos(text(status.qosClass)),
                texts(meta.getLabels()),
                texts(meta.getAnnotations()),
                containers));
    }

    private static void add(
            List<Container> into,
            @Nullable List<SlimPod.Item> items,
            ContainerKind kind,
            Map<String, ContainerId> ids) {
        for (var item : orEmpty(items)) {
            var name = text(item.name);
            var sidecar = kind == ContainerKind.INIT && "Always".equals(item.restartPolicy);
            into.add(new Container(
                    name,
                    text(item.image),
                    sidecar ? ContainerKind.SIDECAR : kind,
                    Optional.ofNullable(ids.get(name)),
                    mounts(item)));
        }
    }

    private static List<MountRef> mounts(SlimPod.Item item) {
        var mounts = new ArrayList<MountRef>();
        for (var mount : orEmpty(item.volumeMounts)) {
            mounts.add(new MountRef(text(mount.name), absolute(text(mount.mountPath)), false));
        }
        for (var device : orEmpty(item.volumeDevices)) {
            mounts.add(new MountRef(text(device.name), absolute(text(device.devicePath)), true));
        }
        return mounts;
    }

    /** Kubernetes takes a path relative to the container's root directory too. */
    private static String absolute(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    /** A container that ended keeps its id in the status, but has no cgroup, and nobody need be asked about it. */
    private static Map<String, ContainerId> ids(@Nullable List<SlimPod.ItemStatus> statuses) {
        var ids = new HashMap<String, ContainerId>();
        for (var status : orEmpty(statuses)) {
            if (status.state == null || status.state.terminated == null) {
                ContainerId.parse(text(status.containerID)).ifPresent(id -> ids.put(text(status.name), id));
            }
        }
        return ids;
    }

    /** The API server sets it when it takes a pod in; where it is missing, the cgroup is searched for. */
    private static QosClass qos(String name) {
        return switch (name) {
            case "Guaranteed" -> QosClass.GUARANTEED;
            case "Burstable" -> QosClass.BURSTABLE;
            default -> QosClass.BEST_EFFORT;
        };
    }

    private static Map<String, String> texts(@Nullable Map<String, String> map) {
        var texts = new HashMap<String, String>();
        if (map != null) {
            map.forEach((key, value) -> {
                if (!key.equals(LAST_APPLIED)) {
                    texts.put(key, text(value));
                }
            });
        }
        return texts;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static <T> List<T> orEmpty(@Nullable List<@Nullable T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }
}
