/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.HostPaths;
import io.diskguard.testkit.CgroupFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Cgroups and loop disks of the kernel that the tests run on; aborts the test, with the reason, where they are not to be had. */
final class RealBlkio implements AutoCloseable {
    private static final DeviceId UNKNOWN = new DeviceId(4000, 1);

    private final HostPaths paths = HostPaths.host();
    private final Path directory;
    private final Path mount;
    private final String disk;
    private final String otherDisk;
    private final AtomicInteger made = new AtomicInteger();

    private RealBlkio(Path mount, Path directory) {
        this.mount = mount;
        this.directory = directory;
        this.disk = attach("one");
        try {
            run("addpart", disk, "1", "2048", "16384");
            this.otherDisk = attach("two");
        } catch (IOException e) {
            close(disk);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            close(disk);
            throw e;
        }
    }

    /** Makes two loop disks on sparse files in the directory. */
    static RealBlkio open(Path directory) {
        return new RealBlkio(mount(), directory);
    }

    /** A parent cgroup of its own, removed with all below it when closed. */
    CgroupFixture cgroups() {
        return new Cgroups();
    }

    private String attach(String name) {
        try {
            var file = directory.resolve(name);
            Files.write(file, new byte[0]);
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(1), (16 << 20) - 1);
            }
            return run("losetup", "--find", "--show", "--partscan", file.toString());
        } catch (IOException e) {
            return abort("no loop device to be had: " + e.getMessage());
        }
    }

    private DeviceId number(String device) {
        try {
            var name = Path.of(device).getFileName();
            return DeviceId.parse(Files.readString(paths.sys()
                                    .resolve("class/block")
                                    .resolve(name)
                                    .resolve("dev"))
                            .trim())
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of 8 MiB, told to the kernel by hand (BLKPG), as not every kernel reads partition tables. */
    private Optional<DeviceId> partition() {
        return Optional.of(number(disk + "p1"));
    }

    @Override
    public void close() {
        try {
            run("delpart", disk, "1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            close(disk);
            close(otherDisk);
        }
    }

    private static void close(String device) {
        try {
            run("losetup", "--detach", device);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String run(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes()).trim();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroy();
                throw new IOException(List.of(command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output;
    }

    /** Has a process of the cgroup read or write the first disk directly, past the page cache. */
    void doIo(CgroupPath cgroup, boolean write, int times, int bytes) {
        var input = write ? "if=/dev/zero of=" + disk + " oflag=direct" : "if=" + disk + " of=/dev/null iflag=direct";
        try {
            run(
                    "sh",
                    "-c",
                    "echo $$ > " + mount.resolve(cgroup.value().substring(1)).resolve("cgroup.procs")
                            + " && exec dd conv=notrunc status=none " + input + " bs=" + bytes + " count=" + times);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where blkio is mounted; aborts the test where it cannot be used. */
    static Path mount() {
        if (!(CgroupLayout.of(HostPaths.host()) instanceof CgroupLayout.V1 v1) || v1.readOnly()) {
            return abort("no writable cgroup v1 blkio on this machine");
        }
        assumeTrue(Files.isWritable(v1.mount().resolve("cgroup.procs")), "may not make cgroups: not root");
        assumeTrue(
                Files.isWritable(v1.mount().resolve("blkio.throttle.read_bps_device")),
                "kernel without CONFIG_BLK_DEV_THROTTLING");
        return v1.mount();
    }

    private final class Cgroups implements CgroupFixture {
        private final HostCgroupFs fs = new HostCgroupFs(mount);
        private final CgroupPath parent = CgroupPath.ROOT.child(
                "diskguard-test-" + ProcessHandle.current().pid() + "-" + made.incrementAndGet());

        private Cgroups() {
            make(parent);
        }

        @Override
        public CgroupFs fs() {
            return fs;
        }

        @Override
        public CgroupPath parent() {
            return parent;
        }

        @Override
        public CgroupPath newChild(CgroupPath parent) {
            var child = parent.child("c" + made.incrementAndGet());
            make(child);
            return child;
        }

        @Override
        public void make(CgroupPath cgroup) {
            try {
                Files.createDirectory(directory(cgroup));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void remove(CgroupPath cgroup) {
            try {
                Files.delete(directory(cgroup));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Path directory(CgroupPath cgroup) {
            return mount.resolve(cgroup.value().substring(1));
        }

        @Override
        public DeviceId disk() {
            return number(disk);
        }

        @Override
        public DeviceId otherDisk() {
            return number(otherDisk);
        }

        @Override
        public Optional<DeviceId> partition() {
            return RealBlkio.this.partition();
        }

        @Override
        public DeviceId unknownDevice() {
            return UNKNOWN;
        }

        @Override
        public void close() {
            removeAll(parent);
        }

        private void removeAll(CgroupPath cgroup) {
            fs.children(cgroup).stream()
                    .sorted(Comparator.reverseOrder())
                    .forEach(name -> removeAll(cgroup.child(name)));
            if (fs.exists(cgroup)) {
                remove(cgroup);
            }
        }
    }
}
