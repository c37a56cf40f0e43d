/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.spi.HostPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether the host's file systems are mounted where they are looked for, and as they have to be. */
final class MountsCheck implements Check {
    static final String ID = "mounts";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String name() {
        return "mounts";
    }

    @Override
    public List<Finding> look(Subject node) {
        var paths = node.environment().paths();
        var findings = new ArrayList<Finding>();
        var isInPod = node.environment().variables().containsKey("KUBERNETES_SERVICE_HOST");
        var mounts = HostMount.read(paths.proc().resolve("self/mountinfo"));
        findings.add(proc(paths, mounts, isInPod));
        findings.add(sys(paths));
        var layout = CgroupLayout.of(paths);
        if (layout instanceof CgroupLayout.V1 v1) {
            findings.add(cgroup(paths, mounts, v1.mount(), v1.readOnly()));
        } else if (layout instanceof CgroupLayout.V2 v2) {
            findings.add(cgroup(paths, mounts, v2.mount(), v2.readOnly()));
        }
        return findings;
    }

    private Finding proc(HostPaths paths, List<HostMount> mounts, boolean isInPod) {
        var proc = paths.proc();
        var tried = "looked at " + proc + " (HOST_PROC) for the host's processes and mounts";
        var toDo = "mount the host's procfs (hostPath) and set HOST_PROC to where it is, as the manifests do";
        if (mounts.isEmpty()) {
            return Finding.wrong(
                    this, tried, proc.resolve("self/mountinfo") + " cannot be read: no procfs is there", toDo);
        }
        var first = HostMount.read(proc.resolve("1/mountinfo"));
        if (first.isEmpty()) {
            return Finding.wrong(
                    this,
                    tried,
                    proc.resolve("1/mountinfo") + " cannot be read, which tells the host's disks and volumes",
                    toDo);
        }
        if (isInPod && HostMount.isSameNamespace(mounts, first)) {
            return Finding.wrong(
                    this,
                    tried,
                    "it shows the processes of this pod and not the host's: process 1 has the same mounts as this one",
                    toDo);
        }
        return Finding.ok(this, tried, "they are there");
    }

    private Finding sys(HostPaths paths) {
        var sys = paths.sys();
        var tried = "looked at " + sys + " (HOST_SYS) for the host's block devices";
        return Files.isDirectory(sys.resolve("dev/block")) || Files.isDirectory(sys.resolve("block"))
                ? Finding.ok(this, tried, "they are there")
                : Finding.wrong(
                        this,
                        tried,
                        "there are none: no sysfs is there",
                        "mount the host's sysfs (hostPath) and set HOST_SYS to where it is");
    }

    private Finding cgroup(HostPaths paths, List<HostMount> mounts, Path mount, boolean readOnly) {
        var tried = "looked how the cgroup tree at " + mount + " is mounted";
        if (readOnly) {
            return Finding.wrong(
                    this,
                    tried,
                    "it is mounted read-only: no limit can be written",
                    "mount the host's cgroup tree (hostPath) without readOnly, as the manifests do; by hand: mount -o"
                            + " remount,rw " + mount);
        }
        var root = mounts.stream()
                .filter(it -> it.mountPoint().equals(mount.toString()))
                .reduce((one, later) -> later)
                .map(HostMount::root)
                .orElse("/");
        // A path above the root of our cgroup namespace begins with /.. (cgroup_namespaces(7))
        var isOutside = root.startsWith("/..");
        var isNamespace =
                HostMount.cgroups(paths.proc().resolve("1/cgroup")).stream().anyMatch(it -> it.startsWith("/.."));
        if (root.equals("/") && isNamespace || !root.equals("/") && !isOutside) {
            return Finding.wrong(
                    this,
                    tried,
                    "it shows only a part of the tree: "
                            + (isNamespace ? "that of a cgroup namespace of its own" : "what is below " + root),
                    "mount the host's own cgroup tree (hostPath): what a container runtime mounts there by itself is the"
                            + " container's own part");
        }
        return Finding.ok(this, tried, "it is the whole tree, and is mounted for writing");
    }
}
