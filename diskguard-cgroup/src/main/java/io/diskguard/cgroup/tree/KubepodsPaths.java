/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.tree;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.SystemdSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the kubelet names the cgroups of pods and containers, for both of its cgroup drivers (kubelet
 * {@code pkg/kubelet/cm/cgroup_manager_linux.go}, {@code pod_container_manager_linux.go}). Pure.
 *
 * <pre>
 * cgroupfs  /kubepods/burstable/pod&lt;uid&gt;/&lt;id&gt;
 * systemd   /kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod&lt;uid, - as _&gt;.slice/cri-containerd-&lt;id&gt;.scope
 * </pre>
 */
public final class KubepodsPaths {
    private static final String SLICE = ".slice";
    private static final String SCOPE = ".scope";
    private static final List<String> RUNTIMES = List.of("cri-containerd", "docker", "crio");
    private static final Map<String, String> BY_SCHEME =
            Map.of("containerd", "cri-containerd", "docker", "docker", "cri-o", "crio");
    private static final Pattern CGROUPFS_POD = Pattern.compile("pod([A-Za-z0-9][A-Za-z0-9-]*)");
    private static final Pattern SYSTEMD_POD =
            Pattern.compile("(?:.*-)?kubepods(?:-burstable|-besteffort)?-pod([A-Za-z0-9][A-Za-z0-9_]*)\\.slice");
    private static final Pattern HEX_ID = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ANY_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final Pattern UNIT = Pattern.compile(".*\\.(?:slice|scope|service|mount|swap|socket)");

    private KubepodsPaths() {}

    /**
     * The pod uid (as the cgroup names it) of a pod's directory; empty if the name is no pod's. A static pod's is a hash
     * of 32 hexadecimal digits.
     */
    public static Optional<String> podUid(String name) {
        var systemd = SYSTEMD_POD.matcher(name);
        if (systemd.matches()) {
            return Optional.of(systemd.group(1).replace('_', '-'));
        }
        var cgroupfs = CGROUPFS_POD.matcher(name);
        return cgroupfs.matches() ? Optional.of(cgroupfs.group(1)) : Optional.empty();
    }

    /** As {@link #podUid(String)}, and the directory stands where a pod's does. */
    public static Optional<String> podUid(CgroupPath cgroup) {
        var name = cgroup.name();
        if (!name.endsWith(SLICE)
                && cgroup.parent().filter(KubepodsPaths::holdsPods).isEmpty()) {
            return Optional.empty();
        }
        return podUid(name);
    }

    /** The container id of a directory in a pod's; empty if the name is no container's ({@code crio-conmon-…}, {@code init.scope}). */
    public static Optional<String> containerId(String name) {
        if (name.endsWith(SCOPE)) {
            var unit = name.substring(0, name.length() - SCOPE.length());
            var known = RUNTIMES.stream()
                    .filter(runtime -> unit.startsWith(runtime + "-"))
                    .findFirst();
            var id = known.map(runtime -> unit.substring(runtime.length() + 1))
                    .orElse(unit.substring(unit.lastIndexOf('-') + 1));
            var valid = known.isPresent() ? ANY_ID : HEX_ID;
            return isMonitor(unit) || !valid.matcher(id).matches() ? Optional.empty() : Optional.of(id);
        }
        if (isMonitor(name)
                || UNIT.matcher(name).matches()
                || !ANY_ID.matcher(name).matches()) {
            return Optional.empty();
        }
        // CRI-O keeps its prefix with the cgroupfs driver too
        return Optional.of(name.startsWith("crio-") ? name.substring("crio-".length()) : name);
    }

    /** Names that a container's directory may have in its pod's, likeliest first. */
    static List<String> containerNames(ContainerId id) {
        var names = new ArrayList<String>();
        names.add(id.id());
        runtimes(id).forEach(runtime -> names.add(runtime + "-" + id.id() + SCOPE));
        if (runtimes(id).contains("crio")) {
            names.add("crio-" + id.id());
        }
        return names;
    }

    /**
     * Where the kubelet would have put the container, given its {@code --cgroup-root}; the paths of the cgroupfs driver
     * first. A root that is a slice prefixes the names of the slices below.
     */
    public static List<CgroupPath> candidates(CgroupPath root, Pod pod, ContainerId id) {
        var paths = new ArrayList<CgroupPath>();
        var cgroupfs = podCgroupfs(root, pod);
        paths.add(cgroupfs.child(id.id()));
        if (runtimes(id).contains("crio")) {
            paths.add(cgroupfs.child("crio-" + id.id()));
        }
        var systemd = podSystemd(root, pod);
        runtimes(id).forEach(runtime -> paths.add(systemd.child(runtime + "-" + id.id() + SCOPE)));
        return List.copyOf(paths);
    }

    private static CgroupPath podCgroupfs(CgroupPath root, Pod pod) {
        var qos = qos(pod.qosClass());
        var kubepods = root.child("kubepods");
        return qos.map(kubepods::child).orElse(kubepods).child("pod" + pod.cgroupUid());
    }

    private static CgroupPath podSystemd(CgroupPath root, Pod pod) {
        var above = root.name().endsWith(SLICE)
                ? root.name().substring(0, root.name().length() - SLICE.length())
                : "";
        var slice = new SystemdSlice((above.isEmpty() ? "" : above + "-")
                + "kubepods"
                + qos(pod.qosClass()).map("-"::concat).orElse("")
                + "-pod" + pod.cgroupUid().replace('-', '_') + SLICE);
        var path = root;
        for (var name : slice.lineage()) {
            // those above are on the way to the root already
            path = above.isEmpty() || name.startsWith(above + "-") ? path.child(name) : path;
        }
        return path;
    }

    private static Optional<String> qos(QosClass qosClass) {
        if (qosClass == QosClass.GUARANTEED) {
            return Optional.empty();
        }
        return Optional.of(qosClass == QosClass.BURSTABLE ? "burstable" : "besteffort");
    }

    private static List<String> runtimes(ContainerId id) {
        var one = BY_SCHEME.get(id.scheme());
        return one == null ? RUNTIMES : List.of(one);
    }

    private static boolean holdsPods(CgroupPath cgroup) {
        var ofQos = List.of("burstable", "besteffort").contains(cgroup.name());
        return (ofQos ? cgroup.parent() : Optional.of(cgroup))
                .filter(it -> it.name().equals("kubepods"))
                .isPresent();
    }

    private static boolean isMonitor(String name) {
        return name.contains("conmon-");
    }
}
