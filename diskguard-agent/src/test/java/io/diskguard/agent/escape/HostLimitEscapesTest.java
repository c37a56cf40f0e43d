/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.escape;

import static io.diskguard.testkit.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuard;
import io.diskguard.config.GuardConfig;
import io.diskguard.device.ContainerFileSystems.Mounted;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.Rate;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.simulator.SimulatedVolume;
import io.diskguard.spi.LimitEscapes.Asked;
import io.diskguard.spi.LimitEscapes.Cause;
import io.diskguard.spi.LimitEscapes.Escape;
import io.diskguard.spi.RuntimeResolver.Resolution;
import io.diskguard.testkit.Pods;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is seen of IO that gets past limits, on simulated nodes whose memory cgroups are files. */
class HostLimitEscapesTest {
    private static final Disk SDA = new Disk(new DeviceId(8, 0), "sda");
    private static final Disk SDB = new Disk(new DeviceId(8, 16), "sdb");
    private static final IoLimit WRITES = IoLimit.UNLIMITED.with(LimitKey.WBPS, Rate.perSecond(1 << 20));
    private static final Set<String> NONE = Set.of();

    private SimulatedNode node = SimulatedNode.v1();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void onV1WhatWaitsInThePageCacheGetsPastTheLimit() {
        v1("ext4");
        var pod = run("/data");
        memory(pod, "total_dirty 3145728\ntotal_writeback 1048576\ndirty 0\n");

        assertThat(ask(pod, NONE)).singleElement().satisfies(escape -> {
            assertThat(escape.cause()).isEqualTo(Cause.BUFFERED_WRITES);
            assertThat(escape.disk()).contains(SDB);
            assertThat(escape.numbers()).containsExactlyInAnyOrder(LimitKey.WBPS, LimitKey.WIOPS);
            // the root file system is on the other disk: nobody knows which of the two it is
            assertThat(escape.detail())
                    .startsWith("4096 KiB that it wrote are not on a disk yet; ")
                    .contains("(ext4 at /data)")
                    .endsWith("; how much of it belongs there is not known, it can also write to ext4 at /");
        });
    }

    @Test
    void aFewPagesAreNoLoad() {
        v1("ext4");
        var pod = run("/data");
        memory(pod, "total_dirty 40960\ntotal_writeback 0\n");

        assertThat(ask(pod, NONE)).isEmpty();
    }

    @Test
    void whereNobodyCountsNothingIsClaimed() {
        v1("ext4");
        assertThat(ask(run("/data"), NONE)).isEmpty();
    }

    @Test
    void aDiskThatTheContainerCannotWriteToIsNotConcerned() {
        v1("ext4");
        var pod = run("/elsewhere");
        memory(pod, "total_dirty 3145728\ntotal_writeback 0\n");

        assertThat(ask(pod, NONE)).isEmpty();
    }

    @Test
    void aLimitOnReadsIsNotConcerned() {
        v1("ext4");
        var pod = run("/data");
        memory(pod, "total_dirty 3145728\ntotal_writeback 0\n");
        var reads = IoLimit.UNLIMITED.with(LimitKey.RBPS, Rate.perSecond(1 << 20));

        assertThat(escapes().of(asked(pod, Map.of(SDB, reads), NONE))).isEmpty();
    }

    @Test
    void theMemoryCgroupOfItsOwnProcessCountsWhereItHasAnotherName() {
        v1("ext4");
        var pod = run("/data");
        var pid = node.pidOf(Pods.idOf("db", "app")).orElseThrow();
        var cgroup = cgroup(pod);
        write("/proc/" + pid + "/cgroup", "5:blkio:" + cgroup + "\n4:cpu,memory:/elsewhere/app\n");
        write("/sys/fs/cgroup/memory/elsewhere/app/memory.stat", "total_dirty 3145728\ntotal_writeback 0\n");
        write("/sys/fs/cgroup/memory/elsewhere/app/cgroup.procs", pid + "\n");
        assertThat(ask(pod, NONE)).hasSize(1);

        // others are in it too: whose pages they are is not known
        write("/sys/fs/cgroup/memory/elsewhere/app/cgroup.procs", pid + "\n99999\n");
        assertThat(ask(pod, NONE)).isEmpty();
    }

    @Test
    void onV1ProcessesInACgroupBelowAreNotBound() {
        v1("ext4");
        var pod = run("/data");
        var child = cgroup(pod).child("inner");
        node.cgroups().makeAll(child);
        assertThat(ask(pod, NONE)).isEmpty();
        node.cgroups().startProcess(child, 4711);

        assertThat(ask(pod, NONE)).singleElement().satisfies(escape -> {
            assertThat(escape.cause()).isEqualTo(Cause.CHILD_CGROUPS);
            assertThat(escape.detail()).contains(child.value());
        });
    }

    @Test
    void onV2AFileSystemWithCgroupWritebackHoldsAndAnotherDoesNot() {
        v2("xfs");
        var pod = run("/data");
        memory(pod, "file_dirty 3145728\nfile_writeback 0\n");
        assertThat(ask(pod, NONE)).isEmpty();
        node.close();

        v2("ntfs3");
        var other = run("/data");
        memory(other, "file_dirty 3145728\nfile_writeback 0\n");
        assertThat(ask(other, NONE)).singleElement().satisfies(escape -> {
            assertThat(escape.cause()).isEqualTo(Cause.NO_CGROUP_WRITEBACK);
            assertThat(escape.detail()).contains("ntfs3 at /data");
        });
    }

    @Test
    void withoutTheMemoryControllerNothingIsCharged() {
        var all = List.of(mounted("ext4", "rw", true));
        assertThat(new BufferedWrites(all, OptionalLong.empty()).onV2(SDB, false))
                .isEmpty();
        assertThat(new BufferedWrites(all, OptionalLong.empty()).onV2(SDB, true))
                .get()
                .extracting(Escape::cause)
                .isEqualTo(Cause.NO_CGROUP_WRITEBACK);
    }

    @Test
    void onV2OnlyAHostWithoutTheMemoryControllerLeavesPagesUncharged() {
        v2("ext4");
        var pod = run("/data");
        // no memory.stat: it is not in the subtree_control of the cgroup above
        assertThat(ask(pod, NONE)).isEmpty();

        write("/sys/fs/cgroup/cgroup.controllers", "cpu io\n");
        assertThat(ask(pod, NONE)).singleElement().satisfies(escape -> {
            assertThat(escape.cause()).isEqualTo(Cause.NO_CGROUP_WRITEBACK);
            assertThat(escape.detail())
                    .startsWith("how much it wrote that is not on a disk yet is not counted")
                    .contains("cgroup v2 is without the memory controller on this host (ext4 at /data)");
        });
    }

    @Test
    void ext4ThatJournalsDataHasNoCgroupWritebackAndWhatIsReadOnlyIsNotWritten() {
        var dirty = OptionalLong.of(4 << 20);
        assertThat(new BufferedWrites(List.of(mounted("ext4", "rw,data=journal", true)), dirty).onV2(SDB, false))
                .isPresent();
        assertThat(new BufferedWrites(List.of(mounted("ext4", "rw,data=ordered", true)), dirty).onV2(SDB, false))
                .isEmpty();
        assertThat(new BufferedWrites(List.of(mounted("vfat", "rw", false)), dirty).onV2(SDB, false))
                .isEmpty();
    }

    @Test
    void aCgroupWithoutTheControllerHasNoLimitAtAll() {
        node.close();
        node = SimulatedNode.v2();
        disks("ext4");
        var bare = new CgroupPath("/kubepods.slice/bare");
        node.cgroups().makeBare(bare);
        var pod = pod("db").container("app").build();

        assertThat(escapes().of(new Asked(pod, pod.containers().get(0), bare, Map.of(SDB, WRITES), NONE)))
                .singleElement()
                .satisfies(escape -> {
                    assertThat(escape.cause()).isEqualTo(Cause.NO_THROTTLING);
                    assertThat(escape.detail()).endsWith("the io controller is not on for this cgroup");
                });
    }

    @Test
    void aRuleForAVolumeOnTheNetworkHasNothingToLimit() {
        v1("ext4");
        node.volume("uid-db", "shared", SimulatedVolume.diskless("nfs4", "server:/export"));
        node.volume("uid-db", "data", SimulatedVolume.directory("/data"));
        var container = new Container(
                "app",
                "app:1",
                ContainerKind.MAIN,
                Optional.of(Pods.idOf("db", "app")),
                List.of(new MountRef("shared", "/shared", false), new MountRef("data", "/data", false)));
        var pod = pod("db").container(container).build();
        node.addPod(pod);

        assertThat(escapes().of(asked(pod, Map.of(), Set.of("shared", "data"))))
                .singleElement()
                .satisfies(escape -> {
                    assertThat(escape.cause()).isEqualTo(Cause.NETWORK_FILE_SYSTEM);
                    assertThat(escape.disk()).isEmpty();
                    assertThat(escape.detail()).contains("volume shared").contains("it is on the network");
                });
    }

    @Test
    void explainSaysWhatGetsPastTheLimitsThatAreInTheKernelNow() {
        v1("ext4");
        var pod = run("/data");
        memory(pod, "total_dirty 3145728\ntotal_writeback 0\n");
        try (var guard = DiskGuard.builder()
                .environment(node.environment())
                .config(GuardConfig.builder()
                        .stateDir(node.environment().paths().proc().resolveSibling("state"))
                        .build())
                .driver(node.driver())
                .pods(node.pods())
                .podCgroups(node.podCgroups())
                .escapes(escapes())
                .build()) {
            guard.turn();

            var explanation = guard.explain("default", "db").orElseThrow();

            assertThat(explanation.ineffective()).singleElement().satisfies(finding -> {
                assertThat(finding.cause()).isEqualTo(Cause.BUFFERED_WRITES);
                assertThat(finding.disk()).contains(SDB);
                assertThat(finding.limit())
                        .isEqualTo(explanation.rows().get(0).kernel().orElseThrow());
                assertThat(finding.words()).startsWith("container app on sdb (8:16): 3072 KiB");
            });
        }
    }

    private static Mounted mounted(String type, String options, boolean writable) {
        return new Mounted("/data", Set.of(), writable, type, options, List.of(SDB), Optional.empty());
    }

    private void v1(String type) {
        disks(type);
        node.mount(
                new SimulatedMount("/sys/fs/cgroup/memory", new DeviceId(0, 8), "/", "cgroup", "cgroup", "rw,memory"));
    }

    private void v2(String type) {
        node.close();
        node = SimulatedNode.v2();
        write("/sys/fs/cgroup/cgroup.controllers", "io memory\n");
        disks(type);
    }

    private void disks(String type) {
        node.addDisk(SimulatedDisk.rotating(SDA.name(), SDA.id()));
        node.addDisk(SimulatedDisk.rotating(SDB.name(), SDB.id()));
        node.mount(SimulatedMount.of("/var/lib", SDA.id(), "ext4", "/dev/sda"));
        node.mount(SimulatedMount.of("/data", SDB.id(), type, "/dev/sdb"));
        node.mount(SimulatedMount.of("/elsewhere", SDA.id(), type, "/dev/sda"));
    }

    /** A pod whose container has a directory of the host. */
    private Pod run(String hostPath) {
        node.volume("uid-db", "data", SimulatedVolume.directory(hostPath));
        var container = new Container(
                "app",
                "app:1",
                ContainerKind.MAIN,
                Optional.of(Pods.idOf("db", "app")),
                List.of(new MountRef("data", "/data", false)));
        var pod = pod("db").container(container).build();
        node.addPod(pod);
        return pod;
    }

    private CgroupPath cgroup(Pod pod) {
        return node.cgroupOf(pod.containers().get(0).id().orElseThrow()).orElseThrow();
    }

    private void memory(Pod pod, String stat) {
        var mount = node.cgroups().mountPoint().endsWith("blkio") ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup";
        write(mount + cgroup(pod) + "/memory.stat", stat);
    }

    private void write(String file, String text) {
        var path = node.environment().paths().proc().getFileSystem().getPath(file);
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HostLimitEscapes escapes() {
        return HostLimitEscapes.of(node.environment(), node.driver(), id -> new Resolution.Unknown("none"));
    }

    private List<Escape> ask(Pod pod, Set<String> volumes) {
        return escapes().of(asked(pod, Map.of(SDB, WRITES), volumes));
    }

    private Asked asked(Pod pod, Map<Disk, IoLimit> limits, Set<String> volumes) {
        return new Asked(pod, pod.containers().get(0), cgroup(pod), limits, volumes);
    }
}
