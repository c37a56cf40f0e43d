/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.ReadBuffer;
import java.util.ArrayList;
import java.util.List;

/** The processes of a cgroup and, where it has none, of those below: crun and systemd in a container move them there. */
record CgroupProcesses(CgroupFs cgroups) {
    private static final String PROCESSES = "cgroup.procs";
    private static final int DEEPEST = 4;
    private static final int ENOUGH = 16;

    /** Some of them, of the cgroup's own the lowest first; none if it has none, or is gone. */
    List<Integer> of(CgroupPath cgroup) {
        var pids = new ArrayList<Integer>();
        collect(cgroup, pids, new ReadBuffer(), DEEPEST);
        return List.copyOf(pids);
    }

    /** Why it has none. */
    String whyNone(CgroupPath cgroup) {
        var buffer = new ReadBuffer();
        if (cgroups.read(cgroup, PROCESSES, buffer) instanceof FsResult.Failed failed) {
            return "its processes cannot be read: " + failed.detail() + " (" + failed.errno() + ")";
        }
        return buffer.text().lines().anyMatch("0"::equals)
                ? "its processes are of a pid namespace that cannot be seen from this one, and no runtime names one"
                : "it has no process that can be seen from this pid namespace, and no runtime names one";
    }

    private void collect(CgroupPath cgroup, List<Integer> pids, ReadBuffer buffer, int depth) {
        if (cgroups.read(cgroup, PROCESSES, buffer).isOk()) {
            buffer.text()
                    .lines()
                    .flatMap(line -> pid(line).stream())
                    .sorted()
                    .limit(ENOUGH)
                    .forEach(pids::add);
        }
        if (depth > 0 && pids.isEmpty()) {
            for (var child : cgroups.children(cgroup)) {
                if (pids.size() >= ENOUGH) {
                    break;
                }
                collect(cgroup.child(child), pids, buffer, depth - 1);
            }
        }
    }

    /** A process of another pid namespace is written as 0 (v2), or not at all (v1). */
    private static List<Integer> pid(String line) {
        try {
            var pid = Integer.parseInt(line.strip());
            return pid > 0 ? List.of(pid) : List.of();
        } catch (NumberFormatException noPid) {
            return List.of();
        }
    }
}
