/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Procfs: the host's mounts, its disks' figures, and a directory for each process. Guarded by the node's lock. */
final class SimulatedProc {
    private static final int FIRST_ID = 21;

    private final HostPaths paths;
    private final List<SimulatedMount> mounts = new ArrayList<>();

    SimulatedProc(HostPaths paths) {
        this.paths = paths;
    }

    void mount(SimulatedMount mount) {
        mounts.add(mount);
        try {
            Files.createDirectories(paths.proc().getFileSystem().getPath(mount.mountPoint()));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot mount " + mount.mountPoint(), failed);
        }
        writeHostMounts();
    }

    void unmount(String mountPoint) {
        mounts.removeIf(mount -> mount.mountPoint().equals(mountPoint));
        writeHostMounts();
    }

    /** The host's mount that a path is on, the topmost. */
    SimulatedMount mountOf(String path) {
        return mounts.stream()
                .filter(mount -> mount.contains(path))
                .reduce((one, other) ->
                        other.mountPoint().length() >= one.mountPoint().length() ? other : one)
                .orElseThrow(() -> new IllegalStateException("nothing is mounted at /"));
    }

    private void writeHostMounts() {
        for (var process : List.of("self", "1")) {
            write(process + "/mountinfo", lines(mounts));
        }
    }

    /** A container's process, in its own mount namespace. */
    void startProcess(long pid, String controllers, CgroupPath cgroup, List<SimulatedMount> seen) {
        write(pid + "/mountinfo", lines(seen));
        write(pid + "/cgroup", controllers + cgroup + "\n");
        try {
            Files.createDirectories(paths.proc().resolve(pid + "/root"));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot make the root of process " + pid, failed);
        }
    }

    void endProcess(long pid) {
        var directory = paths.proc().resolve(Long.toString(pid));
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot end process " + pid, failed);
        }
    }

    void writeDiskstats(Map<String, SimulatedDisk> disks, Map<DeviceId, DiskWork> done) {
        var text = new StringBuilder();
        for (var disk : disks.values()) {
            text.append(line(disk.id(), disk.name(), done));
            disk.partitions().forEach((name, number) -> text.append(line(number, name, done)));
        }
        write("diskstats", text.toString());
    }

    private static String line(DeviceId id, String name, Map<DeviceId, DiskWork> done) {
        var columns = done.getOrDefault(id, DiskWork.NONE).columns().strip().replaceAll(" +", " ");
        return "%4d %7d %s %s\n".formatted(id.major(), id.minor(), name, columns);
    }

    void writePressure(String text) {
        write("pressure/io", text);
    }

    /** The id of the topmost mount that was there already where this one was mounted; the first has one that is not seen. */
    private static int parent(List<SimulatedMount> mounts, int mount) {
        var at = mounts.get(mount).mountPoint();
        var parent = FIRST_ID - 1;
        var longest = 0;
        for (var i = 0; i < mount; i++) {
            var below = mounts.get(i);
            if (below.contains(at) && below.mountPoint().length() >= longest) {
                parent = i + FIRST_ID;
                longest = below.mountPoint().length();
            }
        }
        return parent;
    }

    private static String lines(List<SimulatedMount> mounts) {
        var text = new StringBuilder();
        for (var i = 0; i < mounts.size(); i++) {
            text.append(mounts.get(i).line(i + FIRST_ID, parent(mounts, i)));
        }
        return text.toString();
    }

    private void write(String name, String content) {
        var file = paths.proc().resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }
}
