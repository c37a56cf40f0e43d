/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.libpod;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupFs;
import java.util.List;
import java.util.Optional;

/**
 * Where Podman puts containers (libpod/container_internal_linux.go, pkg/cgroups): {@code libpod-<id>.scope} below
 * {@code machine.slice} with the systemd manager, {@code libpod-<id>} below {@code libpod_parent} with cgroupfs, in a cgroup of
 * the pod where there is one. The monitor has one of its own, {@code libpod-conmon-<id>}, which is not the container's.
 */
record LibpodCgroups(CgroupFs fs) {
    private static final List<CgroupPath> ROOTS =
            List.of(new CgroupPath("/machine.slice"), new CgroupPath("/libpod_parent"));

    /** Whether anything can be told at all. */
    boolean areReadable() {
        return fs.exists(CgroupPath.ROOT);
    }

    /** The container's cgroup; empty if there is none. */
    Optional<CgroupPath> find(String id) {
        var names = List.of("libpod-" + id + ".scope", "libpod-" + id);
        for (var root : ROOTS) {
            var alone = in(root, names);
            if (alone.isPresent()) {
                return alone;
            }
            for (var pod : fs.children(root)) {
                var ofPod = pod.contains("libpod_pod_") ? in(root.child(pod), names) : Optional.<CgroupPath>empty();
                if (ofPod.isPresent()) {
                    return ofPod;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<CgroupPath> in(CgroupPath parent, List<String> names) {
        return names.stream().map(parent::child).filter(fs::exists).findFirst();
    }
}
