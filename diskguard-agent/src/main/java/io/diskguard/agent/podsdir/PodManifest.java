/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.podsdir;

import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns one {@code kind: Pod} object into a {@link Pod}. */
final class PodManifest {
    private PodManifest() {}

    static Pod read(Fields pod) throws ManifestException {
        var metadata = pod.object("metadata");
        var spec = pod.object("spec");
        var status = pod.object("status");
        var containers = new ArrayList<Container>();
        add(containers, spec, "initContainers", ContainerKind.INIT, ids(status, "initContainerStatuses"));
        add(containers, spec, "containers", ContainerKind.MAIN, ids(status, "containerStatuses"));
        add(
                containers,
                spec,
                "ephemeralContainers",
                ContainerKind.EPHEMERAL,
                ids(status, "ephemeralContainerStatuses"));
        if (containers.stream().noneMatch(container -> container.kind() == ContainerKind.MAIN)) {
            throw new ManifestException(spec.place() + ".containers is missing or empty");
        }
        var names = new HashSet<String>();
        for (var container : containers) {
            if (!names.add(container.name())) {
                throw new ManifestException(spec.place() + " has two containers named " + container.name());
            }
        }
        return new Pod(
                metadata.required("uid"),
                metadata.text("namespace").orElse("default"),
                metadata.required("name"),
                QosOfManifest.of(spec, status),
                metadata.texts("labels"),
                metadata.texts("annotations"),
                containers);
    }

    private static void add(
            List<Container> into, Fields spec, String list, ContainerKind kind, Map<String, ContainerId> ids)
            throws ManifestException {
        for (var container : spec.objects(list)) {
            var name = container.required("name");
            var sidecar = kind == ContainerKind.INIT
                    && container.text("restartPolicy").equals(Optional.of("Always"));
            into.add(new Container(
                    name,
                    container.text("image").orElse(""),
                    sidecar ? ContainerKind.SIDECAR : kind,
                    Optional.ofNullable(ids.get(name)),
                    mounts(container)));
        }
    }

    private static List<MountRef> mounts(Fields container) throws ManifestException {
        var mounts = new ArrayList<MountRef>();
        for (var mount : container.objects("volumeMounts")) {
            mounts.add(new MountRef(mount.required("name"), path(mount, "mountPath"), false));
        }
        for (var device : container.objects("volumeDevices")) {
            mounts.add(new MountRef(device.required("name"), path(device, "devicePath"), true));
        }
        return mounts;
    }

    /** Kubernetes takes a path relative to the container's root directory too. */
    private static String path(Fields fields, String name) throws ManifestException {
        var path = fields.required(name);
        return path.startsWith("/") ? path : "/" + path;
    }

    /** A container that ended keeps its id in the status, but has no cgroup any more. */
    private static Map<String, ContainerId> ids(Fields status, String list) throws ManifestException {
        var ids = new HashMap<String, ContainerId>();
        for (var one : status.objects(list)) {
            var text = one.text("containerID");
            if (text.isPresent()) {
                var id = ContainerId.parse(text.get())
                        .orElseThrow(() -> new ManifestException(
                                one.place() + ".containerID must be <runtime>://<id>, was " + text.get()));
                if (!one.object("state").has("terminated")) {
                    ids.put(one.required("name"), id);
                }
            }
        }
        return ids;
    }
}
