/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.diskguard.model.ContainerId;
import io.diskguard.simulator.ManualClock;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.PodSource.Snapshot;
import io.diskguard.spi.RuntimeResolver.Resolution.Found;
import io.diskguard.spi.RuntimeResolver.Resolution.Gone;
import io.diskguard.spi.RuntimeResolver.Resolution.Unknown;
import io.diskguard.testkit.wire.Fault;
import io.diskguard.testkit.wire.FaultyServer;
import io.diskguard.testkit.wire.Peer;
import io.diskguard.testkit.wire.Reply;
import io.diskguard.testkit.wire.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of what is known whatever the daemon does to a call: it holds, it is said why, and it passes. */
class DockerFaultsTest implements Peer<DockerOperation> {
    private static final FakeContainer WEB =
            FakeContainer.named(Ids.id(1), "web").withPid(101);
    private static final ContainerId ID = new ContainerId("docker", WEB.id());
    /** With those that never finish; whatever else is answered may take its time on a busy machine. */
    private static final Duration HASTY = Duration.ofMillis(300);

    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final int TRIES = 60;

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<Long> pauses = new LinkedBlockingQueue<>();
    private final List<FakeContainer> containers = List.of(WEB);
    private volatile String inspected = "";
    private FaultyServer<DockerOperation> server;

    @BeforeEach
    void open() {
        server = FaultyServer.at(directory.resolve("docker.sock"), this);
    }

    @AfterEach
    void close() {
        server.close();
        assertThat(server.unforeseen()).as("asked, and in no row").isEmpty();
    }

    /** As a proxy does that gives up on what is silent, or a daemon whose events are broken. */
    @Test
    void aStreamThatEndsAsSoonAsItBeganIsOpenedLessAndLessOften() throws InterruptedException {
        server.fault(DockerOperation.EVENTS, Fault.EMPTY_OBJECT);
        try (var source = follow()) {
            until("the pods", () -> source.snapshot() instanceof Snapshot.Synced);
            until("four tries", () -> pauses.size() > 3);

            assertThat(pauses.stream().limit(4).toList()).isSorted().doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aContainerIsUnknownInTimeAndNotGoneWhateverIsAnsweredToItsInspection(Fault fault) {
        try (var resolver = resolver(fault)) {
            server.fault(DockerOperation.INSPECT, fault);

            var resolution = resolver.resolve(ID);

            if (fault == Fault.NOT_FOUND) {
                assertThat(resolution).isEqualTo(new Gone());
            } else {
                assertThat(resolution).isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.reason())
                        .contains("docker.sock")
                        .hasSizeLessThan(700)
                        .doesNotContain("\n"));
            }
            recovers(resolver);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"WRONG_KIND", "EMPTY_OBJECT", "HUGE"})
    void aContainerWithoutAProcessIsUnknownWhileTheDaemonDoesNotSayItsDriver(Fault fault) {
        try (var resolver = resolver(fault)) {
            server.fault(DockerOperation.INFO, fault);

            assertThat(resolver.resolve(ID)).isInstanceOf(Unknown.class);

            recovers(resolver);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{\"Id\":null}",
                "{\"Id\":\"%s\",\"Name\":\"/web\",\"State\":null,\"Config\":{}}",
                "{\"Id\":\"%s\",\"Name\":\"/web\",\"State\":{\"Pid\":\"many\"},\"Config\":{}}",
                "{\"Id\":\"%s\",\"Name\":\"/web\",\"State\":{},\"Config\":{},\"HostConfig\":{\"CgroupParent\":\"/../../..\"}}",
                "{\"Id\":\"%s\",\"Name\":\"/web\",\"State\":{\"Pid\":1},\"Config\":{},\"HostConfig\":{\"CgroupParent\":\"/a\\n\"}}",
                "{\"Id\":\"%s\",\"Name\":\"/web\",\"State\":{\"Pid\":-5},\"Config\":{\"Labels\":7}}"
            })
    void anInspectionThatIsNoneSaysNoCgroup(String answer) {
        inspected = answer.replace("%s", WEB.id());
        try (var resolver = DockerResolver.in(environment(), PATIENT)) {
            assertThat(resolver.resolve(ID)).isInstanceOf(Unknown.class);
        }
    }

    @Test
    void whatTheDaemonSaysAtGreatLengthIsCut() {
        inspected = "{\"Id\":\"" + "x\\n".repeat(100_000);
        try (var resolver = DockerResolver.in(environment(), PATIENT)) {
            assertThat(resolver.resolve(ID))
                    .isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.reason())
                            .hasSizeLessThan(700)
                            .doesNotContain("\n"));
        }
    }

    private DockerResolver resolver(Fault fault) {
        var isEndless = fault.isSilence() || fault == Fault.ENDLESS;
        return DockerResolver.in(environment(), isEndless ? HASTY : PATIENT);
    }

    private void recovers(DockerResolver resolver) {
        server.mend();
        var resolution = resolver.resolve(ID);
        for (var tries = 1; tries < TRIES && !(resolution instanceof Found); tries++) {
            assertThat(resolution).isInstanceOf(Unknown.class);
            resolution = resolver.resolve(ID);
        }
        assertThat(resolution).isInstanceOf(Found.class);
    }

    private DockerPodSource follow() {
        return DockerPodSource.following(
                environment(),
                task -> {
                    var thread = new Thread(task, "follower");
                    thread.setDaemon(true);
                    return thread;
                },
                HASTY,
                new RandomGenerator() {
                    @Override
                    public long nextLong() {
                        return 0;
                    }

                    /** Asked for the jitter of each pause: as much as may be. */
                    @Override
                    public long nextLong(long bound) {
                        pauses.add(bound);
                        told.add("lost");
                        return bound - 1;
                    }
                });
    }

    private Environment environment() {
        return new Environment(
                new HostPaths(directory.resolve("proc"), directory, directory, directory, directory),
                clock,
                clock,
                Map.of());
    }

    private void until(String what, BooleanSupplier condition) throws InterruptedException {
        for (var i = 0; !condition.getAsBoolean(); i++) {
            if (i == 1000) {
                fail("in vain: " + what);
            }
            told.poll(20, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public Optional<DockerOperation> operation(Request request) {
        return DockerOperation.of(request);
    }

    @Override
    public Reply answer(DockerOperation operation, Request request) {
        return switch (operation) {
            case PING -> Reply.of(200, "text/plain", "OK");
            case INFO -> Reply.json(200, "{\"CgroupDriver\":\"cgroupfs\"}");
            case LIST ->
                Reply.json(
                        200, containers.stream().map(FakeContainer::listed).collect(Collectors.joining(",", "[", "]")));
            case INSPECT -> Reply.json(200, inspected.isEmpty() ? inspect(request) : inspected);
            case EVENTS -> Reply.stream("application/json");
        };
    }

    private String inspect(Request request) {
        return containers.stream()
                .filter(container -> request.path().contains(container.id()))
                .map(FakeContainer::inspected)
                .findFirst()
                .orElse("{}");
    }
}
