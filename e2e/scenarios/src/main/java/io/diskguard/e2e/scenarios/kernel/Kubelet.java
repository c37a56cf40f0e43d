/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import io.diskguard.cgroup.tree.KubepodsPaths;
import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Makes and removes cgroups where the kubelet and a runtime would, below the fixture's own. Thread-safe. */
final class Kubelet {
    private static final String UID = "0f3c2d1e-0000-4222-8333-";

    /** The kubelet's cgroup driver. */
    enum Layout {
        CGROUPFS,
        SYSTEMD
    }

    private final Cgroups cgroups;
    private final Layout layout;

    Kubelet(Cgroups cgroups, Layout layout) {
        this.cgroups = cgroups;
        this.layout = layout;
    }

    /** A uid of the usual form. */
    static String uid(int number) {
        return UID + String.format("%012x", number);
    }

    /** An id of the usual form. */
    static ContainerId id(int number) {
        return new ContainerId("containerd", String.format("%064x", number));
    }

    /** Makes the container's cgroup, and the pod's if need be. */
    CgroupPath start(Pod pod, ContainerId container) {
        var path = path(pod, container);
        make(path);
        return path;
    }

    /** Makes the container's cgroup in the pod's, which is there, whatever controllers are on. */
    CgroupPath startAsItIs(Pod pod, ContainerId container) {
        var path = path(pod, container);
        try {
            Files.createDirectory(cgroups.directory(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path;
    }

    void stop(Pod pod, ContainerId container) {
        remove(path(pod, container));
    }

    /** Removes the cgroup of a pod without containers. */
    void removePod(Pod pod) {
        remove(pod(pod));
    }

    private void remove(CgroupPath path) {
        if (!cgroups.fs().rmdir(path).isOk()) {
            cgroups.remove(path);
        }
    }

    /** The cgroup of a pod. */
    CgroupPath pod(Pod pod) {
        return path(pod, id(0)).parent().orElseThrow();
    }

    /** Makes the cgroup of a pod, with the controller on for its containers. */
    void makePod(Pod pod) {
        var path = pod(pod);
        make(path);
        cgroups.write(path, "cgroup.subtree_control", "+io");
    }

    CgroupPath path(Pod pod, ContainerId container) {
        var candidates = KubepodsPaths.candidates(cgroups.parent(), pod, container);
        return candidates.get(layout == Layout.SYSTEMD ? candidates.size() - 1 : 0);
    }

    private void make(CgroupPath path) {
        if (!cgroups.fs().exists(path)) {
            path.parent().ifPresent(this::make);
            cgroups.make(path);
        }
    }
}
