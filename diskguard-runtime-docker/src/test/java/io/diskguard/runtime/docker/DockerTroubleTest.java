/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.ContainerId;
import io.diskguard.spi.PodSource.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pod source does when the daemon is not what it should be. */
class DockerTroubleTest {
    private static final String WEB = Ids.id(1);
    private static final String SHOP = Ids.id(2);

    @TempDir
    Path directory;

    private FakeDaemon daemon;

    @BeforeEach
    void open() {
        daemon = new FakeDaemon(directory).start();
    }

    @AfterEach
    void close() {
        daemon.close();
    }

    @Test
    void aLostDaemonKeepsThePodsAndIsListedOnceWhenItIsBack() {
        daemon.run(FakeContainer.named(WEB, "web"));
        try (var followed = follow()) {
            followed.await(() -> followed.runs(WEB));

            daemon.stop();
            followed.await(() -> !followed.complete());
            assertThat(followed.runs(WEB))
                    .as("what is not heard of is not forgotten")
                    .isTrue();

            daemon.remove(WEB);
            daemon.run(FakeContainer.named(SHOP, "shop"));
            daemon.start();
            followed.await(() -> followed.runs(SHOP));
            assertThat(followed.pod(WEB)).isEmpty();
            assertThat(followed.complete()).isTrue();
            assertThat(daemon.lists()).isEqualTo(2);
        }
    }

    @Test
    void aContainerThatWasRestartedUnheardAppearsAgain() {
        daemon.run(FakeContainer.named(WEB, "web"));
        try (var followed = follow()) {
            followed.await(() -> followed.runs(WEB));
            daemon.stop();
            followed.await(() -> !followed.complete());
            daemon.die(WEB);
            var again = daemon.start(WEB);
            followed.appeared().clear();

            daemon.start();

            followed.await(() -> followed.appeared().contains(WEB));
            assertThat(cgroup(followed)).contains(again);
        }
    }

    @Test
    void withoutADaemonNothingIsKnownAndTheReasonIsSaid() {
        daemon.stop();
        try (var followed = follow()) {
            followed.await(() -> followed.source().snapshot() instanceof Snapshot.Unknown unknown
                    && unknown.reason().contains("is not there"));
        }
    }

    @ParameterizedTest
    @EnumSource(value = FakeDaemon.Mood.class, mode = Mode.EXCLUDE, names = "WELL")
    void aDaemonThatComesToItsSensesIsFollowed(FakeDaemon.Mood mood) {
        daemon.run(FakeContainer.named(WEB, "web"));
        daemon.answer(mood);
        try (var followed = new Followed(daemon.environment(), Duration.ofMillis(300))) {
            followed.await(() -> followed.source().snapshot() instanceof Snapshot.Unknown unknown
                    && unknown.reason().contains("docker.sock ("));

            daemon.answer(FakeDaemon.Mood.WELL);

            followed.await(() -> followed.runs(WEB));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"Type\":\"container\",\"Actor\":{\"ID\":[[}}\n", "220 ready\r\n", "[1,2]\n"})
    void aGarbledEventStreamIsLeftForANewOne(String garbage) {
        try (var followed = followWitness()) {
            daemon.mute(() -> daemon.run(FakeContainer.named(WEB, "web")));

            daemon.say(garbage);

            followed.await(() -> followed.runs(WEB) && followed.complete());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}\n", "{\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"nobody\"}}\n", "\n"})
    void anEventOfNobodyChangesNothing(String event) {
        try (var followed = followWitness()) {
            daemon.say(event);
            daemon.run(FakeContainer.named(WEB, "web"));

            followed.await(() -> followed.runs(WEB));
            assertThat(daemon.lists()).isEqualTo(1);
        }
    }

    @Test
    void aDaemonThatNeverAnswersForEventsDoesNotCollectConnections() {
        daemon.answer(FakeDaemon.Mood.DREAMY);
        try (var followed = new Followed(daemon.environment(), Duration.ofMillis(100))) {
            followed.await(() -> followed.losses() >= 4);

            assertThat(daemon.awaitNoConnectionsBut(2)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closingClosesItsConnections() throws InterruptedException {
        followWitness().close();

        assertThat(daemon.awaitNoConnections()).isTrue();
    }

    @Test
    void aHangingDaemonDoesNotHideACgroupThatIsKnown() {
        var path = daemon.run(FakeContainer.named(WEB, "web"));
        try (var followed = follow()) {
            followed.await(() -> followed.runs(WEB));

            daemon.answer(FakeDaemon.Mood.NEVER);

            assertThat(cgroup(followed)).contains(path);
        }
    }

    private Followed follow() {
        return new Followed(daemon.environment());
    }

    /** So that the first list is over when the test begins. */
    private Followed followWitness() {
        daemon.create(FakeContainer.named(Ids.id(9), "witness"));
        var followed = follow();
        return followed.await(() -> followed.pod(Ids.id(9)).isPresent());
    }

    private static Optional<io.diskguard.model.CgroupPath> cgroup(Followed followed) {
        return followed.source().cgroups().find(followed.pod(WEB).orElseThrow(), new ContainerId("docker", WEB));
    }
}
