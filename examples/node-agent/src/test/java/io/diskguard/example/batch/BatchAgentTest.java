/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.watch.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent on a simulated node, turn by turn. */
class BatchAgentTest {
    private static final DeviceId DISK = new DeviceId(8, 0);
    private static final CgroupPath RENDER = new CgroupPath("/batch/render");
    private static final CgroupPath BACKUP = new CgroupPath("/batch/backup");

    private final SimulatedNode node = SimulatedNode.v1();
    private final CgroupDriver driver = node.driver();
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path directory;

    @BeforeEach
    void aNodeWithTwoJobs() throws IOException {
        node.addDisk(SimulatedDisk.hardware("sda", DISK));
        node.cgroups().makeAll(RENDER);
        node.cgroups().makeAll(BACKUP);
        Files.createDirectory(directory.resolve("jobs"));
        job("render", "cgroup=/batch/render");
        job("backup", "cgroup=/batch/backup\nwrite-iops=50\nread-bps=8Mi");
        configure("300");
    }

    @AfterEach
    void close() {
        driver.close();
        node.close();
    }

    @Test
    void eachJobHasItsOwnLimitOrTheUsualOne() {
        try (var agent = agent()) {
            agent.turn();

            assertThat(limit(RENDER)).isEqualTo(IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(300)));
            assertThat(limit(BACKUP))
                    .isEqualTo(IoLimit.UNLIMITED
                            .with(LimitKey.WIOPS, Rate.perSecond(50))
                            .with(LimitKey.RBPS, Rate.perSecond(8 << 20)));
            assertThat(said).contains("limited batch/backup/main on 8:0: rbps=8388608 wbps=max riops=max wiops=50");
            assertThat(agent.status()).startsWith("ready, [Found[asked=sda");
            assertThat(agent.explain("backup")).contains("wiops 50 (kernel 50), annotation job/write-iops");
            assertThat(agent.explain("nobody")).isEqualTo("there is no job nobody");
        }
    }

    @Test
    void anotherConfigurationIsTakenAndAWrongOneRefused() throws IOException {
        try (var agent = agent()) {
            agent.turn();

            var taken = agent.reconfigure(configure("200"));
            agent.turn();
            node.clock().advance(Duration.ofSeconds(6));
            agent.turn();
            assertThat(taken).isCompleted();
            assertThat(limit(RENDER).wiops()).isEqualTo(Rate.perSecond(200));

            assertThat(agent.reconfigure(configure("many"))).isCompletedExceptionally();
            agent.turn();
            assertThat(limit(RENDER).wiops()).isEqualTo(Rate.perSecond(200));
            assertThat(said).contains("configuration refused: write-iops is many, expected 0, or 2 or more");
        }
    }

    @Test
    void aJobThatEndedIsFreedAndADirectoryThatCannotBeReadFreesNobody() throws IOException {
        try (var agent = agent()) {
            agent.turn();
            Files.delete(directory.resolve("jobs/backup.job"));
            agent.turn();
            assertThat(limit(BACKUP)).isEqualTo(IoLimit.UNLIMITED);

            Files.move(directory.resolve("jobs"), directory.resolve("elsewhere"));
            node.clock().advance(Duration.ofSeconds(6));
            agent.turn();
            assertThat(limit(RENDER).wiops()).isEqualTo(Rate.perSecond(300));
            assertThat(agent.status()).startsWith("not ready").contains("NoSuchFileException");
        }
    }

    @Test
    void aWrongWishIsToldAndTheUsualLimitHolds() throws IOException {
        job("render", "cgroup=/batch/render\nwrite-iops=lots");
        try (var agent = agent()) {
            agent.turn();

            assertThat(limit(RENDER).wiops()).isEqualTo(Rate.perSecond(300));
            assertThat(said).anyMatch(line -> line.startsWith("wrong in render: job/write-iops=lots, expected"));
        }
    }

    @Test
    void limitsStayOrGoWithTheAgentAsItIsConfigured() throws IOException {
        try (var agent = agent()) {
            agent.turn();
        }
        assertThat(limit(RENDER).wiops()).isEqualTo(Rate.perSecond(300));

        configure("300\nkeep=false");
        try (var agent = agent()) {
            agent.turn();
        }
        assertThat(limit(RENDER)).isEqualTo(IoLimit.UNLIMITED);
    }

    @Test
    void itDoesNotStartWithAKeyThatItDoesNotKnow() throws IOException {
        configure("300\nwirte-iops=5");

        assertThatThrownBy(this::agent).hasMessageContaining("unknown keys [wirte-iops]");
    }

    private BatchAgent agent() {
        return new BatchAgent(node.environment(), driver, directory.resolve("batch.properties"), said::add);
    }

    private IoLimit limit(CgroupPath cgroup) {
        return ((CgroupDriver.ReadResult.Found) driver.read(cgroup)).limits().get(DISK);
    }

    private void job(String name, String content) throws IOException {
        Files.writeString(directory.resolve("jobs").resolve(name + ".job"), content);
    }

    private FileState configure(String writes) throws IOException {
        var file = Files.writeString(
                directory.resolve("batch.properties"),
                "disk=sda\njobs=" + directory.resolve("jobs") + "\nstate=" + directory.resolve("state")
                        + "\nwrite-iops=" + writes + "\n");
        return FileState.of(file, 10_000);
    }
}
