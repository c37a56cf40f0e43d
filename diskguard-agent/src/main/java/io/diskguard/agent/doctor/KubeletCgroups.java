/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupFs;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the kubelet keeps its pods' cgroups. The names are its own ({@code pkg/kubelet/cm/cgroup_manager_linux.go}):
 * {@code kubepods} with the driver cgroupfs, {@code kubepods.slice} with systemd, below any root. Immutable.
 *
 * @param roots of pods
 * @param pods how many pods are there
 */
record KubeletCgroups(List<CgroupPath> roots, int pods) {
    private static final String CGROUPFS = "kubepods";
    private static final String SYSTEMD = "kubepods.slice";
    private static final int DEEPEST = 4;
    private static final int CGROUPS_MAX = 10_000;

    KubeletCgroups {
        roots = List.copyOf(roots);
    }

    static KubeletCgroups of(Subject node) {
        var driver = node.driver();
        if (driver.isEmpty()) {
            return new KubeletCgroups(List.of(), 0);
        }
        try (var open = driver.get()) {
            var fs = open.hierarchy();
            var roots = new ArrayList<CgroupPath>();
            search(fs, CgroupPath.ROOT, DEEPEST, new int[] {CGROUPS_MAX}, roots);
            return new KubeletCgroups(
                    roots, roots.stream().mapToInt(root -> pods(fs, root)).sum());
        }
    }

    private static void search(CgroupFs fs, CgroupPath at, int deep, int[] left, List<CgroupPath> roots) {
        for (var name : fs.children(at)) {
            if (left[0]-- <= 0) {
                return;
            }
            if (isRoot(name)) {
                roots.add(at.child(name));
            } else if (deep > 1) {
                search(fs, at.child(name), deep - 1, left, roots);
            }
        }
    }

    private static boolean isRoot(String name) {
        return name.equals(CGROUPFS) || name.equals(SYSTEMD) || name.endsWith("-" + SYSTEMD);
    }

    private static int pods(CgroupFs fs, CgroupPath root) {
        var count = 0;
        for (var name : fs.children(root)) {
            if (isPod(name)) {
                count++;
            } else {
                count += (int) fs.children(root.child(name)).stream()
                        .filter(KubeletCgroups::isPod)
                        .count();
            }
        }
        return count;
    }

    private static boolean isPod(String name) {
        return name.startsWith("pod") || name.contains("-pod") && name.endsWith(".slice");
    }

    /** As the kubelet's configuration calls it. */
    static String driverOf(CgroupPath root) {
        return root.name().endsWith(".slice") ? "systemd" : "cgroupfs";
    }
}
