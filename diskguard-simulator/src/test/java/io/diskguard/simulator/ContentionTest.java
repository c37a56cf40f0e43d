/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.spi.ReadBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContentionTest {
    private static final DeviceId SDA = new DeviceId(8, 0);
    private static final ContainerId NOISY = new ContainerId("containerd", "aaa");
    private static final ContainerId QUIET = new ContainerId("containerd", "bbb");
    private static final CgroupPath POD = new CgroupPath("/kubepods/burstable/podu1");

    private final SimulatedNode node = SimulatedNode.v2();

    @BeforeEach
    void start() {
        node.addDisk(SimulatedDisk.hardware("sda", SDA).withPartition("sda1", new DeviceId(8, 1)));
        node.addPod(new Pod(
                "u1",
                "default",
                "web",
                QosClass.BURSTABLE,
                Map.of(),
                Map.of(),
                List.of(container("noisy", NOISY), container("quiet", QUIET))));
        node.capacity(SDA, 1000);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void whoAsksForLittleSuffersFromWhoAsksForMuch() {
        node.load(NOISY, Load.writing(SDA, 3900, 4096));
        node.load(QUIET, Load.writing(SDA, 100, 4096));

        node.advance(Duration.ofSeconds(10));

        assertThat(node.doneBy(NOISY, SDA).wios()).isEqualTo(9750);
        assertThat(node.doneBy(QUIET, SDA).wios()).isEqualTo(250);
        assertThat(pressure(POD.child("bbb"))).startsWith("some avg10=47.41 ").contains("total=7500000\nfull ");
    }

    @Test
    void aLimitOfTheNoisyOneHelpsTheQuietOne() {
        node.load(NOISY, Load.writing(SDA, 3900, 4096));
        node.load(QUIET, Load.writing(SDA, 100, 4096));
        node.cgroups().write(POD.child("aaa"), "io.max", SDA + " wiops=500");

        node.advance(Duration.ofSeconds(10));

        assertThat(node.doneBy(QUIET, SDA).wios()).isEqualTo(1000);
        assertThat(pressure(POD.child("bbb"))).startsWith("some avg10=0.00 ");
    }

    /** It cannot be told from the disk's own: KERNEL facts, pressure. */
    @Test
    void ourOwnThrottlingRaisesThePressureOfTheThrottledAndOfAllAbove() throws IOException {
        node.load(NOISY, Load.writing(SDA, 900, 4096));
        node.cgroups().write(POD.child("aaa"), "io.max", SDA + " wiops=90");

        node.advance(Duration.ofSeconds(60));

        assertThat(pressure(POD.child("aaa"))).contains("some avg10=89.78 ", "full avg10=89.78 ");
        assertThat(pressure(POD)).contains("some avg10=89.78 ");
        assertThat(Files.readString(node.environment().paths().proc().resolve("pressure/io")))
                .contains("some avg10=89.78 ");

        node.load(NOISY, Load.idle(SDA));
        node.advance(Duration.ofSeconds(60));
        assertThat(pressure(POD.child("aaa"))).contains("some avg10=0.22 ", "total=54000000\n");
    }

    @Test
    void aCrowdedDiskIsBusyAndItsOperationsTakeLonger() throws IOException {
        node.load(NOISY, Load.writing(new DeviceId(8, 1), 3000, 4096));

        node.advance(Duration.ofSeconds(1));

        for (var file : List.of("block/sda/stat", "block/sda/sda1/stat")) {
            assertThat(Files.readString(node.environment().paths().sys().resolve(file))
                            .strip()
                            .split(" +"))
                    .as(file)
                    .startsWith("0", "0", "0", "0", "1000", "0", "8000", "3000", "0", "1000", "3000");
        }
    }

    private static Container container(String name, ContainerId id) {
        return new Container(name, "busybox", ContainerKind.MAIN, Optional.of(id));
    }

    private String pressure(CgroupPath cgroup) {
        var buffer = new ReadBuffer();
        node.cgroups().read(cgroup, "io.pressure", buffer);
        return buffer.text();
    }
}
