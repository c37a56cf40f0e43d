/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.agent;

import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.model.CgroupPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A node's pods: manifests in a directory, and cgroups as the kubelet's driver cgroupfs lays them out. */
final class ManifestPods {
    private static final String NAMESPACE = "shop";

    private final Cgroups kubepods;
    private final Path directory;
    private int made;

    ManifestPods(Cgroups kubepods, Path directory) {
        this.kubepods = kubepods;
        try {
            this.directory = Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A pod of one container or more. */
    record Made(String name, CgroupPath cgroup, List<CgroupPath> containers) {
        CgroupPath container() {
            return containers.get(0);
        }
    }

    Path directory() {
        return directory;
    }

    /**
     * Makes its cgroups, then tells of it.
     *
     * @param parent where the kubelet puts pods of its class
     * @param annotations as YAML has them between braces
     */
    Made make(String qosClass, CgroupPath parent, String name, String annotations, String... containers) {
        made++;
        var uid = String.format("%08d-2222-3333-4444-555555555555", made);
        var pod = parent.child("pod" + uid);
        kubepods.make(pod);
        var cgroups = new ArrayList<CgroupPath>();
        var specs = new ArrayList<String>();
        var statuses = new ArrayList<String>();
        for (var container : containers) {
            var id = String.format("%02x%062x", made, cgroups.size());
            var cgroup = pod.child(id);
            kubepods.make(cgroup);
            cgroups.add(cgroup);
            specs.add("{name: " + container + ", image: \"app:1\"}");
            statuses.add("{name: " + container + ", containerID: \"containerd://" + id + "\"}");
        }
        tell(
                name,
                "kind: Pod",
                "metadata: {name: " + name + ", namespace: " + NAMESPACE + ", uid: " + uid + ", annotations: {"
                        + annotations + "}}",
                "spec: {containers: " + specs + "}",
                "status: {qosClass: " + qosClass + ", containerStatuses: " + statuses + "}");
        return new Made(NAMESPACE + "/" + name, pod, cgroups);
    }

    private void tell(String name, String... lines) {
        try {
            var next = Files.write(directory.resolve(name + ".new"), List.of(lines));
            Files.move(next, directory.resolve(name + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
