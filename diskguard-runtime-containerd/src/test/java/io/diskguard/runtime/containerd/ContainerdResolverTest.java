/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.runtime.containerd.wire.Cri;
import io.diskguard.runtime.containerd.wire.Cri.ContainerState;
import io.diskguard.runtime.containerd.wire.Cri.ContainerStatus;
import io.diskguard.simulator.ManualClock;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.RuntimeResolver.Mount;
import io.diskguard.spi.RuntimeResolver.Resolution;
import io.diskguard.spi.RuntimeResolver.Resolution.Found;
import io.diskguard.spi.RuntimeResolver.Resolution.Gone;
import io.diskguard.spi.RuntimeResolver.Resolution.Unknown;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerdResolverTest {
    private static final String ID = "8a2f".repeat(16);
    private static final CgroupPath CGROUP = new CgroupPath("/kubepods/pod1/" + ID);

    /** A call may take two seconds; this is far more, and far less than for ever. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final ManualClock clock = new ManualClock();

    @TempDir
    Path run;

    private Path socket;
    private FakeCri daemon;
    private RuntimeResolver resolver;

    @BeforeEach
    void open() {
        socket = run.resolve("containerd/containerd.sock");
        daemon = new FakeCri(socket, "containerd");
        daemon.container(ID, CGROUP.value());
        resolver = new ContainerdResolverFactory().create(environment());
    }

    @AfterEach
    void close() {
        resolver.close();
        daemon.close();
    }

    @Test
    void everythingThatTheRuntimeSaysOfAContainerIsTold() {
        container(status().setMetadata(Cri.ContainerMetadata.newBuilder().setName("app"))
                .setImage(Cri.ImageSpec.newBuilder().setImage("docker.io/library/db:1"))
                .addMounts(Cri.Mount.newBuilder().setContainerPath("/data").setHostPath("/var/lib/x"))
                .addMounts(Cri.Mount.newBuilder().setContainerPath("/image-volume")));

        assertThat(resolve())
                .isEqualTo(new Found(
                        CGROUP,
                        Optional.of("app"),
                        Optional.of("docker.io/library/db:1"),
                        Optional.of(77L),
                        false,
                        List.of(new Mount("/data", "/var/lib/x")),
                        Optional.of(List.of())));
    }

    @Test
    void anImageIsNamedAsPeopleNameIt() {
        container(status().setImage(
                        Cri.ImageSpec.newBuilder().setImage("sha256:1f").setUserSpecifiedImage("quay.io/db:1")));
        assertThat(((Found) resolve()).image()).contains("quay.io/db:1");

        container(status().setImage(Cri.ImageSpec.newBuilder().setImage("sha256:1f"))
                .setImageRef("quay.io/db@sha256:2e"));
        assertThat(((Found) resolve()).image()).contains("quay.io/db@sha256:2e");

        container(status().setImage(Cri.ImageSpec.newBuilder().setImage("sha256:1f")));
        assertThat(((Found) resolve()).image()).contains("sha256:1f");
    }

    @Test
    void aContainerThatEndedIsGoneAsItsCgroupIs() {
        container(status().setState(ContainerState.CONTAINER_EXITED));

        assertThat(resolve()).isEqualTo(new Gone());
    }

    @Test
    void withoutAPathInItsSpecificationTheKernelIsAskedWhereItsProcessIs() throws IOException {
        daemon.container(status().build(), "{\"pid\": 77, \"runtimeSpec\": {\"linux\": {}}}");
        assertThat(reason()).contains("does not say in which cgroup", ID);

        Files.createDirectories(run.resolve("proc/77"));
        Files.writeString(run.resolve("proc/77/cgroup"), "0::/machine.slice/crio-" + ID + ".scope/container\n");
        assertThat(((Found) resolve()).cgroup()).isEqualTo(new CgroupPath("/machine.slice/crio-" + ID + ".scope"));
    }

    @Test
    void whatIsNotJsonIsUnknownNotGone() {
        daemon.container(status().build(), "<html>");

        assertThat(reason()).contains("does not say in which cgroup");
    }

    @Test
    void messagesThatCannotBeReadAreUnknown() {
        assertThat(resolve()).isInstanceOf(Found.class);

        daemon.mood(FakeCri.Mood.TALKS_NONSENSE);

        assertThat(reason()).contains(socket.toString());
    }

    @Test
    void whatIsAnotherRuntimesIsNotAsked() {
        assertThat(resolver.resolve(new ContainerId("docker", ID))).isInstanceOf(Unknown.class);
        assertThat(daemon.calls()).isZero();
    }

    @Test
    void aDaemonThatRestartsBetweenTwoQuestionsIsNotNoticed() {
        assertThat(resolve()).isInstanceOf(Found.class);

        daemon.stop();
        daemon.start();

        assertThat(resolve()).isInstanceOf(Found.class);
    }

    @Test
    void aDaemonThatIsAwayIsLookedForLessAndLessOftenAndFoundAgain() {
        assertThat(resolve()).isInstanceOf(Found.class);
        daemon.stop();
        assertThat(reason()).contains(socket.toString());

        daemon.start();
        var calls = daemon.calls();
        assertThat(resolve()).as("not yet tried again").isInstanceOf(Unknown.class);
        assertThat(daemon.calls()).isEqualTo(calls);
        clock.advance(Duration.ofMillis(100));
        assertThat(resolve()).isInstanceOf(Found.class);

        daemon.stop();
        for (var i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(5));
            assertThat(resolve()).isInstanceOf(Unknown.class);
        }
        daemon.start();
        clock.advance(Duration.ofSeconds(5));
        assertThat(resolve()).as("five seconds are the longest").isInstanceOf(Found.class);
    }

    @Test
    void aDaemonThatHangsIsWaitedForOnce() {
        assertThat(resolve()).isInstanceOf(Found.class);

        daemon.mood(FakeCri.Mood.HANGS);
        assertThat(assertTimeout(BOUND, this::reason)).contains("did not answer in time");
        var calls = daemon.calls();
        assertThat(reason()).contains("did not answer in time");
        assertThat(daemon.calls()).as("asked again at once").isEqualTo(calls);

        daemon.mood(FakeCri.Mood.ANSWERS);
        clock.advance(Duration.ofSeconds(1));
        assertThat(resolve()).isInstanceOf(Found.class);
    }

    @Test
    void aDaemonThatSaysItsVersionAndHangsIsAskedLessAndLessOften() {
        daemon.mood(FakeCri.Mood.SAYS_ITS_VERSION_AND_HANGS);
        for (var i = 0; i < 2; i++) {
            assertThat(assertTimeout(BOUND, this::reason)).contains("did not answer in time");
            clock.advance(Duration.ofMillis(150));
        }
        var calls = daemon.calls();

        assertThat(reason()).contains("did not answer in time");

        assertThat(daemon.calls()).as("asked before the longer pause is over").isEqualTo(calls);
        daemon.mood(FakeCri.Mood.ANSWERS);
        clock.advance(Duration.ofSeconds(1));
        assertThat(resolve()).isInstanceOf(Found.class);
    }

    @Test
    void closingEndsAQuestionThatHangs() throws Exception {
        assertThat(resolve()).isInstanceOf(Found.class);
        daemon.mood(FakeCri.Mood.HANGS);
        var answer = CompletableFuture.supplyAsync(this::resolve);
        daemon.hanging().acquire();

        resolver.close();

        assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(Unknown.class);
        assertThat(reason()).isEqualTo("closed");
    }

    @Test
    void closedItLeavesNoThread() {
        assertThat(resolve()).isInstanceOf(Found.class);
        assertThat(threads()).isNotEmpty();

        resolver.close();

        Patience.until("no thread is left", () -> threads().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "\0\1\2\3"})
    void whoeverElseListensThereIsUnknown(String says) throws IOException {
        daemon.stop();
        Files.deleteIfExists(socket);
        try (var stranger = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stranger.bind(UnixDomainSocketAddress.of(socket));
            CompletableFuture.runAsync(() -> greet(stranger, says));

            assertThat(assertTimeout(BOUND, this::reason)).contains(socket.toString());
        }
    }

    @Test
    void whoAcceptsAndSaysNothingIsUnknown() throws IOException {
        daemon.stop();
        Files.deleteIfExists(socket);
        try (var stranger = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stranger.bind(UnixDomainSocketAddress.of(socket));

            assertThat(assertTimeout(BOUND, this::reason)).contains(socket.toString());
        }
    }

    @Test
    void theSocketThatAnswersIsTakenWhereAnotherRuntimesIsFirst() {
        daemon.stop();
        try (var docker = new FakeCri(socket, "docker");
                var k3s = new FakeCri(run.resolve("k3s/containerd/containerd.sock"), "containerd")) {
            k3s.container(ID, CGROUP.value());

            assertThat(resolve()).isInstanceOf(Found.class);
            assertThat(docker.calls()).isOne();
        }
    }

    private static void greet(ServerSocketChannel stranger, String says) {
        try {
            while (true) {
                try (var caller = stranger.accept()) {
                    caller.write(ByteBuffer.wrap(says.getBytes()));
                }
            }
        } catch (ClosedChannelException e) {
            // the end of the test
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("diskguard-cri"))
                .toList();
    }

    private Resolution resolve() {
        return resolver.resolve(new ContainerId("containerd", ID));
    }

    private String reason() {
        var resolution = resolve();
        assertThat(resolution).isInstanceOf(Unknown.class);
        return ((Unknown) resolution).reason();
    }

    private static ContainerStatus.Builder status() {
        return ContainerStatus.newBuilder().setId(ID).setState(ContainerState.CONTAINER_RUNNING);
    }

    private void container(ContainerStatus.Builder status) {
        daemon.container(
                status.build(), "{\"pid\": 77, \"runtimeSpec\": {\"linux\": {\"cgroupsPath\": \"" + CGROUP + "\"}}}");
    }

    private Environment environment() {
        return new Environment(
                new HostPaths(run.resolve("proc"), run, run, run, run), clock, clock, Map.of(), Map.of());
    }
}
