/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.cgroup.HostCgroupFs;
import io.diskguard.cgroup.v1.BlkioThrottleDriver;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.Environment;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.LimitEscapes.Asked;
import io.diskguard.spi.LimitEscapes.Cause;
import io.diskguard.spi.LimitEscapes.Escape;
import io.diskguard.spi.RuntimeResolver.Resolution;
import io.diskguard.testkit.Pods;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Buffered and direct writes on the kernel of this machine, where it has the blkio and memory controllers of cgroup v1 and
 * we are root; else skipped. The writer has a root file system of its own on a loop disk, as a container has.
 */
class RealLimitEscapesTest {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String WRITER = """
            set -e
            mount "$1" "$2"
            cp "$3" "$2/busybox"
            sync "$2/busybox"
            mkdir "$2/data" "$2/dev"
            mount --bind /dev "$2/dev"
            sync -f "$2"
            for cgroup in "$4" "$5"; do echo $$ > "$cgroup/cgroup.procs"; done
            exec chroot "$2" /busybox sh -c "/busybox dd if=/dev/zero of=/data/file bs=1M count=6 $6 2>/dev/null;
                echo written; read end"
            """;

    @TempDir
    Path directory;

    private final CgroupPath parent =
            CgroupPath.ROOT.child("diskguard-escapes-" + ProcessHandle.current().pid());
    private HostCgroupFs blkio;
    private HostCgroupFs memory;
    private ScratchDisk disk;
    private Process writer;

    @BeforeEach
    void open() throws IOException {
        var throttled = blkioMount();
        blkio = new HostCgroupFs(throttled);
        var mount = CgroupLayout.memory(HostPaths.host());
        assumeTrue(mount.isPresent() && !mount.get().equals(throttled), "no memory controller beside blkio");
        memory = new HostCgroupFs(mount.get());
        assumeTrue(Files.isWritable(mount.get().resolve("cgroup.procs")), "may not make memory cgroups");
        assumeTrue(Files.isExecutable(BUSYBOX), "no busybox to be a container's only program");
        disk = ScratchDisk.make(directory.resolve("image"));
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        if (writer != null) {
            // it reads its input until that ends; its mounts are in a namespace that ends with it
            writer.getOutputStream().close();
            if (!writer.waitFor(10, TimeUnit.SECONDS)) {
                writer.destroyForcibly().waitFor();
            }
        }
        if (disk != null) {
            for (var fs : List.of(blkio, memory)) {
                for (var cgroup : List.of(parent.child("app"), parent.child("other"), parent)) {
                    fs.rmdir(cgroup);
                }
            }
            disk.close();
        }
    }

    @Test
    void bufferedWritesGetPastALimitOfCgroupV1() throws IOException {
        write("", parent.child("app"));

        assertThat(ask()).singleElement().satisfies(escape -> {
            assertThat(escape.cause()).isEqualTo(Cause.BUFFERED_WRITES);
            assertThat(escape.disk()).contains(disk.disk());
            assertThat(escape.detail()).contains("(ext4 at /)").doesNotContain("not known");
        });
    }

    @Test
    void theMemoryCgroupMayHaveAnotherName() throws IOException {
        write("", parent.child("other"));

        assertThat(ask()).extracting(Escape::cause).containsExactly(Cause.BUFFERED_WRITES);
    }

    @Test
    void directWritesDoNot() throws IOException {
        write("oflag=direct", parent.child("app"));

        assertThat(ask()).isEmpty();
    }

    /** Returns when the writer has written and waits. */
    private void write(String how, CgroupPath inMemory) throws IOException {
        for (var fs : List.of(blkio, memory)) {
            assertThat(fs.mkdir(parent)).isEqualTo(FsResult.OK);
        }
        assertThat(blkio.mkdir(parent.child("app"))).isEqualTo(FsResult.OK);
        assertThat(memory.mkdir(inMemory)).isEqualTo(FsResult.OK);
        var root = Files.createDirectory(directory.resolve("root"));
        writer = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        WRITER,
                        "sh",
                        disk.node(),
                        root.toString(),
                        BUSYBOX.toString(),
                        blkio.mountPoint() + parent.child("app"),
                        memory.mountPoint() + inMemory,
                        how)
                .redirectErrorStream(true)
                .start();
        var said = new BufferedReader(writer.inputReader(StandardCharsets.UTF_8)).readLine();
        assertThat(said).isEqualTo("written");
    }

    /** Aborts the test where blkio cannot be used. */
    private static Path blkioMount() {
        if (!(CgroupLayout.of(HostPaths.host()) instanceof CgroupLayout.V1 v1) || v1.readOnly()) {
            return abort("no writable cgroup v1 blkio on this machine");
        }
        assumeTrue(Files.isWritable(v1.mount().resolve("cgroup.procs")), "may not make cgroups: not root");
        assumeTrue(
                Files.isWritable(v1.mount().resolve("blkio.throttle.read_bps_device")),
                "kernel without CONFIG_BLK_DEV_THROTTLING");
        return v1.mount();
    }

    private List<Escape> ask() {
        var environment = Environment.system();
        var pod = Pods.pod("db").container("app").build();
        var limit = IoLimit.UNLIMITED.with(LimitKey.WBPS, Rate.perSecond(1 << 20));
        return HostLimitEscapes.of(environment, new BlkioThrottleDriver(blkio), id -> new Resolution.Unknown("none"))
                .of(new Asked(pod, pod.containers().get(0), parent.child("app"), Map.of(disk.disk(), limit), Set.of()));
    }
}
