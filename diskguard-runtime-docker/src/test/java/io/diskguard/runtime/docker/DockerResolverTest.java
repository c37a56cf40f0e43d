/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.RuntimeResolver.BlockNode;
import io.diskguard.spi.RuntimeResolver.Resolution;
import io.diskguard.spi.RuntimeResolver.Resolution.Found;
import io.diskguard.spi.RuntimeResolver.Resolution.Gone;
import io.diskguard.spi.RuntimeResolver.Resolution.Unknown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class DockerResolverTest {
    private static final String ID = Ids.id(1);

    @TempDir
    Path directory;

    private FakeDaemon daemon;
    private DockerResolver resolver;

    @BeforeEach
    void open() {
        daemon = new FakeDaemon(directory).start();
        resolver = DockerResolver.in(daemon.environment(), Ids.PATIENT);
    }

    @AfterEach
    void close() {
        resolver.close();
        daemon.close();
    }

    @Test
    void aKubernetesContainerHasItsNameInItsPod() {
        var cgroup = daemon.run(FakeContainer.named(ID, "k8s_app_web_default_0_0")
                .withLabels(Map.of("io.kubernetes.container.name", "app"))
                .withParent("/kubepods/besteffort/pod0"));

        assertThat(resolve())
                .isEqualTo(new Found(cgroup, Optional.of("app"), Optional.of("busybox"), Optional.of(101L), false));
    }

    @Test
    void anyOtherHasDockersNameWithoutSlash() {
        daemon.run(FakeContainer.named(ID, "web"));

        assertThat(((Found) resolve()).name()).contains("web");
    }

    @Test
    void aContainerThatWasNotStartedIsWhereItWillBe() {
        daemon.create(FakeContainer.named(ID, "web").withParent("a-b.slice"));
        daemon.driver("systemd");

        assertThat(resolve())
                .isEqualTo(new Found(
                        new CgroupPath("/a.slice/a-b.slice/docker-" + ID + ".scope"),
                        Optional.of("web"),
                        Optional.of("busybox"),
                        Optional.empty(),
                        false));
    }

    @Test
    void theBlockDevicesThatItWasGivenAreTold() throws IOException {
        var home = Files.createDirectories(directory.resolve("class/block/sdb"));
        Files.writeString(home.resolve("dev"), "8:16\n");
        Files.createDirectories(directory.resolve("disk"));
        Files.createSymbolicLink(directory.resolve("disk/data"), Path.of("../sdb"));
        var devices = new TreeMap<>(Map.of(
                "/dev/disk/data", "/dev/xvda", "/dev/fuse", "/dev/fuse", "/dev/sdb", "/dev/xvdb", "/data", "/data"));
        daemon.run(FakeContainer.named(ID, "web").withMounts(devices));

        assertThat(((Found) resolve()).devices())
                .contains(List.of(
                        new BlockNode("/dev/xvda", new DeviceId(8, 16)),
                        new BlockNode("/dev/xvdb", new DeviceId(8, 16))));
    }

    @Test
    void aDaemonThatKeepsNoCgroupsIsUnknownWithTheReason() {
        daemon.create(FakeContainer.named(ID, "web"));
        daemon.driver("none");

        assertThat(reason()).contains("cgroup driver none");
    }

    @Test
    void nothingIsAskedBeforeTheFirstQuestion() {
        assertThat(daemon.accepted()).isZero();
    }

    @Test
    void aRestartOfTheDaemonIsNotNoticed() {
        daemon.run(FakeContainer.named(ID, "web"));
        var before = resolve();

        daemon.stop();
        assertThat(reason()).contains("is not there");
        daemon.start();

        assertThat(resolve()).isEqualTo(before).isInstanceOf(Found.class);
    }

    @Test
    void aConnectionThatTheDaemonClosedIsMadeAgain() {
        daemon.run(FakeContainer.named(ID, "web"));
        var before = resolve();

        daemon.dropConnections();

        assertThat(resolve()).isEqualTo(before).isInstanceOf(Found.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = FakeDaemon.Mood.class,
            mode = Mode.EXCLUDE,
            names = {"WELL", "NEVER", "MUTE", "DREAMY"})
    void nonsenseIsUnknownAndForgotten(FakeDaemon.Mood mood) {
        daemon.run(FakeContainer.named(ID, "web"));
        daemon.answer(mood);
        // Garbage may go on for ever
        try (var hasty = DockerResolver.in(daemon.environment(), Duration.ofMillis(300))) {
            assertThat(hasty.resolve(new ContainerId("docker", ID)))
                    .isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.reason())
                            .contains("docker.sock"));
        }

        daemon.answer(FakeDaemon.Mood.WELL);

        assertThat(resolve()).isInstanceOf(Found.class);
    }

    @Test
    void aDaemonThatHangsIsUnknownInTimeAndLeftAlone() throws InterruptedException {
        daemon.run(FakeContainer.named(ID, "web"));
        daemon.answer(FakeDaemon.Mood.NEVER);
        try (var hasty = DockerResolver.in(daemon.environment(), Duration.ofMillis(300))) {
            for (var call = 0; call < 5; call++) {
                assertThat(hasty.resolve(new ContainerId("docker", ID)))
                        .isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.reason())
                                .contains("did not answer within 300 ms"));
            }

            assertThat(daemon.awaitNoConnections())
                    .as("no call goes on behind our back")
                    .isTrue();
            daemon.answer(FakeDaemon.Mood.WELL);
            assertThat(resolve()).isInstanceOf(Found.class);
        }
    }

    @Test
    void closingClosesItsConnections() throws InterruptedException {
        daemon.run(FakeContainer.named(ID, "web"));
        resolve();

        resolver.close();

        assertThat(daemon.awaitNoConnections()).isTrue();
        assertThat(reason()).contains("closed");
    }

    @Test
    void aNameIsNoId() {
        daemon.run(FakeContainer.named(ID, Ids.id(2)));

        assertThat(resolver.resolve(new ContainerId("docker", Ids.id(2)))).isEqualTo(new Gone());
    }

    private Resolution resolve() {
        return resolver.resolve(new ContainerId("docker", ID));
    }

    private String reason() {
        return resolve() instanceof Unknown unknown ? unknown.reason() : "resolved: " + resolve();
    }
}
