/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.loop;

import io.diskguard.cgroup.HostCgroupFs;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.CgroupFs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A node's container cgroups, 250 pods of four containers: regular files that look like v2's, or v1's real ones. */
final class StatTree implements AutoCloseable {
    static final int PODS = 250;
    static final int CONTAINERS = 4;

    private final CgroupFs fs;
    private final Path root;
    private final List<String> fileNames;
    private final List<CgroupPath> cgroups = new ArrayList<>();
    private final List<CgroupPath> all = new ArrayList<>();
    private final List<Path> made = new ArrayList<>();
    private final boolean regular;

    private StatTree(Path root, boolean regular, List<String> fileNames) {
        this.fs = new HostCgroupFs(root);
        this.root = root;
        this.regular = regular;
        this.fileNames = fileNames;
        fill();
    }

    /** Regular files, as no machine at hand has both v2's io controller and a container runtime. */
    static StatTree likeV2(Path root) {
        return new StatTree(root, true, List.of("io.stat"));
    }

    /** Cgroups of the kernel. */
    static StatTree v1(Path mount) {
        return new StatTree(
                mount,
                false,
                List.of("blkio.throttle.io_service_bytes_recursive", "blkio.throttle.io_serviced_recursive"));
    }

    private void fill() {
        var top = CgroupPath.ROOT.child("diskguard-benchmark.slice");
        var burstable = top.child("diskguard-benchmark-burstable.slice");
        all.add(top);
        all.add(burstable);
        for (var pod = 0; pod < PODS; pod++) {
            var uid = String.format(Locale.ROOT, "%08x_0000_4000_8000_%012x", pod, pod);
            var slice = burstable.child("diskguard-benchmark-burstable-pod" + uid + ".slice");
            all.add(slice);
            for (var container = 0; container < CONTAINERS; container++) {
                var id = String.format(Locale.ROOT, "%064x", (long) pod << 32 | container);
                cgroups.add(slice.child("cri-containerd-" + id + ".scope"));
                all.add(cgroups.get(cgroups.size() - 1));
            }
        }
    }

    /** Until then it may be there, made by another process. */
    void make() throws IOException {
        for (var cgroup : all) {
            made.add(Files.createDirectory(directory(cgroup)));
        }
        if (regular) {
            for (var i = 0; i < cgroups.size(); i++) {
                Files.writeString(directory(cgroups.get(i)).resolve("io.stat"), ioStat(i));
            }
        }
    }

    /** Has the kernel count what each cgroup does on the disk. */
    void count(DeviceId disk) throws IOException {
        for (var cgroup : cgroups) {
            Files.writeString(directory(cgroup).resolve("blkio.throttle.read_bps_device"), disk + " 0");
        }
    }

    private static String ioStat(long seed) {
        return "8:0 rbytes=%1$d wbytes=%2$d rios=%3$d wios=%4$d dbytes=0 dios=0\n259:3 rbytes=%2$d wbytes=%1$d rios=%4$d wios=%3$d dbytes=0 dios=0\n"
                .formatted(seed * 1_000_003, seed * 5_000_011, seed * 1009, seed * 2003);
    }

    private Path directory(CgroupPath cgroup) {
        return root.resolve(cgroup.value().substring(1));
    }

    /** Whether its files are no cgroup's. */
    boolean isRegular() {
        return regular;
    }

    CgroupFs fs() {
        return fs;
    }

    List<CgroupPath> cgroups() {
        return cgroups;
    }

    /** Every file that a sample of all cgroups reads. */
    List<Path> files() {
        return cgroups.stream()
                .flatMap(cgroup ->
                        fileNames.stream().map(name -> directory(cgroup).resolve(name)))
                .toList();
    }

    /** Removes what it made. */
    @Override
    public void close() {
        for (var i = made.size() - 1; i >= 0; i--) {
            try {
                if (regular) {
                    try (Stream<Path> files = Files.list(made.get(i))) {
                        for (var file : files.toList()) {
                            Files.delete(file);
                        }
                    }
                }
                Files.delete(made.get(i));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
