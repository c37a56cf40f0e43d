/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.signal;

import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.cgroup.HostCgroupFs;
import io.diskguard.cgroup.HostFile;
import io.diskguard.cgroup.internal.ControlFileCursor;
import io.diskguard.cgroup.internal.PerCgroup;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoPressure;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.ControlFile;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.IoSignals;
import io.diskguard.spi.ReadBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pressure from {@code <proc>/pressure/io} and, with cgroup v2, {@code io.pressure}; disk activity from
 * {@code <sys>/dev/block/<M:m>/stat}. Not thread-safe.
 */
public final class HostSignals implements IoSignals {
    private static final String FILE = "io.pressure";
    private static final String SWITCH = "cgroup.pressure";
    private static final int DISKS_MAX = 1024;

    private final HostPaths paths;
    private final Optional<CgroupFs> v2;
    private final PerCgroup<ControlFile> files;
    private final ControlFile node;
    private final Path nodeFile;
    private final Map<DeviceId, ControlFile> disks = new HashMap<>();
    private final ReadBuffer buffer = new ReadBuffer();
    private final ControlFileCursor cursor = new ControlFileCursor(buffer);

    private HostSignals(HostPaths paths, Optional<CgroupFs> v2) {
        this.paths = paths;
        this.v2 = v2;
        this.nodeFile = paths.proc().resolve("pressure").resolve("io");
        this.node = new HostFile(nodeFile);
        this.files = new PerCgroup<>(cgroup -> v2.orElseThrow().file(cgroup, FILE));
    }

    /** Of a host with cgroup v1, which has no pressure of its cgroups. */
    public static HostSignals v1(HostPaths paths) {
        return new HostSignals(paths, Optional.empty());
    }

    /** Of a host whose cgroups are in that hierarchy of v2. */
    public static HostSignals v2(HostPaths paths, CgroupFs hierarchy) {
        return new HostSignals(paths, Optional.of(hierarchy));
    }

    /** As the host is laid out. */
    public static HostSignals of(Environment environment) {
        return CgroupLayout.of(environment.paths()) instanceof CgroupLayout.V2 layout
                ? v2(environment.paths(), new HostCgroupFs(layout.mount()))
                : v1(environment.paths());
    }

    @Override
    public Signal<IoPressure> ofCgroup(CgroupPath cgroup) {
        if (v2.isEmpty()) {
            return new Signal.Unavailable<>("cgroup v1 has no pressure of its cgroups");
        }
        if (files.get(cgroup).read(buffer) instanceof FsResult.Failed failed) {
            files.forget(cgroup);
            return noPressure(v2.get(), cgroup, failed);
        }
        return pressure(cgroup + " " + FILE);
    }

    private Signal<IoPressure> noPressure(CgroupFs fs, CgroupPath cgroup, FsResult.Failed failed) {
        var missing = failed.errno() == Errno.ENOENT || failed.errno() == Errno.ENODEV;
        if (missing && !fs.exists(cgroup)) {
            return new Signal.Gone<>();
        }
        // The kernel hides the file where it is switched off
        if (missing
                && fs.read(cgroup, SWITCH, buffer).isOk()
                && buffer.text().strip().equals("0")) {
            return new Signal.Unavailable<>(SWITCH + " of " + cgroup + " is 0: switched off");
        }
        return unavailable(failed);
    }

    @Override
    public Signal<IoPressure> ofNode() {
        return node.read(buffer) instanceof FsResult.Failed failed
                ? unavailable(failed)
                : pressure(nodeFile.toString());
    }

    private static Signal<IoPressure> unavailable(FsResult.Failed failed) {
        var errno = failed.errno();
        var hint = errno == Errno.EOPNOTSUPP
                ? ": kernel started with psi=0, or built with CONFIG_PSI_DEFAULT_DISABLED"
                : errno == Errno.ENOENT ? ": kernel without CONFIG_PSI" : "";
        return new Signal.Unavailable<>(failed.detail() + hint);
    }

    private Signal<IoPressure> pressure(String where) {
        cursor.over(buffer);
        return PressureText.read(cursor)
                .<Signal<IoPressure>>map(Signal.Known::new)
                .orElseGet(() -> new Signal.Unavailable<>(where + " is not understood: " + excerpt()));
    }

    @Override
    public Signal<DiskActivity> activity(DeviceId disk) {
        if (disks.size() > DISKS_MAX) {
            disks.clear();
        }
        var file = disks.computeIfAbsent(
                disk,
                id -> new HostFile(paths.sys()
                        .resolve("dev")
                        .resolve("block")
                        .resolve(id.toString())
                        .resolve("stat")));
        if (file.read(buffer) instanceof FsResult.Failed failed) {
            disks.remove(disk);
            return failed.errno() == Errno.ENOENT || failed.errno() == Errno.ENODEV
                    ? new Signal.Gone<>()
                    : new Signal.Unavailable<>(failed.detail());
        }
        cursor.over(buffer);
        return DiskStatText.read(cursor)
                .<Signal<DiskActivity>>map(Signal.Known::new)
                .orElseGet(() ->
                        new Signal.Unavailable<>("the statistics of " + disk + " are not understood: " + excerpt()));
    }

    private String excerpt() {
        var text = buffer.text();
        return "\"" + text.substring(0, Math.min(text.length(), 80)).strip() + "\"";
    }
}
