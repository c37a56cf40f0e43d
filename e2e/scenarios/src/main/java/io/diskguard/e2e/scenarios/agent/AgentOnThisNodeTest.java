/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.agent;

import static io.diskguard.e2e.scenarios.agent.Stage.CHECK_INTERVAL;
import static io.diskguard.e2e.scenarios.agent.Stage.MOVED;
import static io.diskguard.e2e.scenarios.agent.Stage.SLOW;
import static io.diskguard.e2e.scenarios.agent.Stage.STEADY;
import static io.diskguard.e2e.scenarios.agent.Stage.STRANGE;
import static io.diskguard.e2e.scenarios.agent.Stage.TAKEN;
import static io.diskguard.e2e.scenarios.agent.Stage.WHOLE;
import static io.diskguard.e2e.scenarios.agent.Stage.WINDOW;
import static io.diskguard.e2e.scenarios.agent.Stage.only;
import static io.diskguard.e2e.scenarios.agent.Stage.since;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.diskguard.e2e.scenarios.machine.Accuracy;
import io.diskguard.e2e.scenarios.machine.Accuracy.Expected;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.e2e.scenarios.machine.Meter;
import io.diskguard.model.LimitKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of an agent on this node, told in order: to start takes it seconds here, and what has to wait for half a window of
 * history waits while something else is looked at.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
public final class AgentOnThisNodeTest {
    /** From the end of a load, as promised: the window, a second's delay and check interval, two ticks of a second. */
    private static final Duration RELEASED = WINDOW.plusSeconds(4);

    private final Stage stage;
    private String limited = "";
    private long seenFrom;
    private long seenWrites;
    private long loadEnded;

    public AgentOnThisNodeTest(@TempDir Path directory) {
        stage = new Stage(directory);
    }

    @BeforeAll
    void starts(TestReporter figures) {
        var begin = System.nanoTime();
        stage.agent.start();
        tell(figures, "seconds until the agent is ready", since(begin));
        seenFrom = System.nanoTime();
        seenWrites = writes();
    }

    private long writes() {
        return new Meter(stage.kubepods)
                .counters(stage.noisy.container(), stage.data.disk())
                .wios();
    }

    private static void tell(TestReporter figures, String what, Duration time) {
        figures.publishEntry(what, String.format(Locale.ROOT, "%.1f", time.toNanos() / 1e9));
    }

    @Test
    @Order(1)
    void withNoCapabilityItLimitsAndMarks() {
        stage.until(stage.steady, STEADY, SLOW);
        stage.until(stage.moved, MOVED, SLOW);
        assertThat(stage.agent.capabilities()).containsExactly("0000000000000000");
        assertThat(stage.isMarked(stage.steady)).isTrue();
        stage.logged(stage.taken.name() + "/app on " + stage.data.disk() + " has a limit that is not ours");
        assertThat(stage.isMarked(stage.taken)).isFalse();
    }

    @Test
    @Order(2)
    void aLimitChangedByHandIsRepairedAndReported(TestReporter figures) {
        stage.limit(stage.steady.container(), 9);
        tell(
                figures,
                "seconds until a limit changed by hand is repaired",
                stage.until(stage.steady, STEADY, CHECK_INTERVAL.plus(SLOW)));
        stage.logged("somebody had changed the limit of " + stage.steady.name() + "/app");
    }

    @Test
    @Order(3)
    void limitsThatWentWithTheControllerComeBackWithItWithinTheCheckInterval(TestReporter figures) {
        var moved = stage.moved.cgroup();
        var parent = moved.parent().orElseThrow();
        stage.kubepods.write(moved, "cgroup.subtree_control", "-io");
        stage.kubepods.write(parent, "cgroup.subtree_control", "-io");
        assertThat(stage.kubepods
                        .directory(stage.moved.container())
                        .resolve("io.max")
                        .toFile())
                .doesNotExist();
        stage.logged(stage.moved.name() + "/app cannot be limited yet");
        stage.kubepods.write(parent, "cgroup.subtree_control", "+io");
        stage.kubepods.write(moved, "cgroup.subtree_control", "+io");
        assertThat(stage.isMarked(stage.moved)).isTrue();
        tell(
                figures,
                "seconds from +io given back to the limit",
                stage.until(stage.moved, MOVED, CHECK_INTERVAL.plus(SLOW)));
        stage.logged("somebody had changed the limit of " + stage.moved.name() + "/app");
    }

    @Test
    @Order(4)
    void theDoctorFindsNothingWrongHere() throws IOException {
        var volumes = stage.machine.volumes().values();
        var config = Files.write(
                stage.agent.config().resolveSibling("doctor.yaml"),
                List.of(
                        volumes.stream()
                                .map(volume -> volume.mount().toString())
                                .collect(Collectors.joining(", ", "data_mounts: [", "]")),
                        "container_runtime: none",
                        "smart_limit_enabled: true",
                        "http_address: 127.0.0.1:0",
                        "state_dir: " + stage.agent.config().resolveSibling("state")));
        var said = Findings.parse(stage.agent.runWith(config, "doctor", "--output", "json"));
        assertThat(said.with("wrong")).isEmpty();
        assertThat(said.good("cgroup-driver"))
                .singleElement()
                .asString()
                .containsPattern("cgroup-v2-io-max .*: chosen")
                .containsPattern("cgroup-v1-blkio .*: unsupported");
        assertThat(said.good("limit-files")).containsExactly("it can be written", "cgroups can be marked");
        assertThat(said.good("disks")).hasSameSizeAs(volumes).allMatch(words -> words.contains(" is on "));
        assertThat(said.good("counting")).hasSameSizeAs(volumes).containsOnly("it counts");
        assertThat(said.good("contention"))
                .filteredOn(words -> words.startsWith("some avg60 is"))
                .hasSize(2);
    }

    @Test
    @Order(5)
    void ofTwoContainersTheNoisyOneIsLimitedToFourFifthsOfItsLoad(TestReporter figures) {
        await("the noisy container's limit")
                .atMost(WINDOW)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !stage.now(stage.noisy).isEmpty());
        var rate = (writes() - seenWrites) * 1e9 / since(seenFrom).toNanos();
        limited = stage.now(stage.noisy);
        var limit = Integer.parseInt(limited.replaceAll(".*=", ""));
        assertThat(limited).isEqualTo(only(limit));
        figures.publishEntry("computed limit, and the load before", limit + ", " + Math.round(rate));
        stage.logged("limited " + stage.noisy.name() + "/noisy");
        assertThat(stage.isMarked(stage.noisy)).isTrue();
        assertThat((double) limit).isCloseTo(0.8 * rate, within(0.05 * limit));
        assertThat(stage.kubepods.read(stage.noisy.containers().get(1), "io.max"))
                .isEmpty();
        var state = stage.agent.config().resolveSibling("state");
        await("its state is in the agent's directory").atMost(SLOW).untilAsserted(() -> assertThat(state)
                .isDirectoryRecursivelyContaining(AgentOnThisNodeTest::hasSmartState));
    }

    private static boolean hasSmartState(Path file) {
        try {
            return Files.isRegularFile(file) && Files.readString(file).contains("smart-state");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @Order(6)
    void killedWhileItLimitsItsLimitsAreKeptToAndNoneIsEverLifted(TestReporter figures) {
        var accuracy = new Accuracy(stage.kubepods, figures);
        stage.agent.kill();
        Meter.pass(Duration.ofSeconds(1));
        // while it starts nobody else does anything for the limits
        stage.agent.launch();
        accuracy.assertKept(
                new Expected(
                        "smart limit",
                        stage.place(stage.noisy),
                        LimitKey.WIOPS,
                        Integer.parseInt(limited.replaceAll(".*=", ""))),
                new Expected("limit by annotation", stage.place(stage.steady), LimitKey.WIOPS, STEADY));
        // The next agent's history begins anew: half a window of it shows that the load is gone.
        if (!stage.machine.full()) {
            endLoad();
        }
        stage.agent.awaitReady();
        if (stage.machine.full()) {
            Meter.pass(WINDOW);
            endLoad();
        }
        Meter.pass(CHECK_INTERVAL.multipliedBy(2));
        assertThat(stage.watched.seen()).containsExactly("", limited);
        assertThat(stage.now(stage.steady)).isEqualTo(only(STEADY));
        assertThat(stage.now(stage.moved)).isEqualTo(only(MOVED));
    }

    private void endLoad() {
        stage.load.close();
        loadEnded = System.nanoTime();
    }

    @Test
    @Order(7)
    void explainTellsTheLimitAndTheWindowThatSetIt() {
        var said = stage.agent.run(
                "explain",
                stage.noisy.name(),
                "--pods-dir",
                stage.pods.directory().toString());
        assertThat(said)
                .containsPattern("Smart: .* " + limited.replaceAll(".*=", "") + " write operations/s by window 1m");
    }

    @Test
    @Order(8)
    void withTheCgroupsMountedReadOnlyTheDoctorSaysSo() {
        assertThat(stage.agent.runIn(
                        List.of(
                                "unshare",
                                "--mount",
                                "sh",
                                "-c",
                                "mount -o remount,bind,ro \"$0\" && exec \"$@\"",
                                Machine.hierarchy().toString()),
                        stage.agent.config(),
                        "doctor"))
                .contains("it is mounted read-only: no limit can be written");
    }

    @Test
    @Order(9)
    void afterTheLoadTheLimitIsReleased(TestReporter figures) {
        await("the noisy container's release")
                .atMost(RELEASED.plus(SLOW))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> stage.now(stage.noisy).isEmpty());
        var took = since(loadEnded);
        tell(figures, "seconds from the end of the load to the release, of " + RELEASED.toSeconds(), took);
        assertThat(took).isLessThan(RELEASED);
        assertThat(stage.watched.seen()).containsExactly("", limited, "");
        stage.logged("cleared the limit of " + stage.noisy.name() + "/noisy");
        await("its mark is gone").atMost(SLOW).until(() -> !stage.isMarked(stage.noisy));
    }

    @Test
    @Order(10)
    void toldToEndItClearsItsOwnLimitsAndNoOther(TestReporter figures) {
        assertThat(stage.agent.capabilities()).containsExactly("0000000000000000");
        var begin = System.nanoTime();
        assertThat(stage.agent.stop()).isZero();
        tell(figures, "seconds until it has ended", since(begin));
        for (var pod : List.of(stage.steady, stage.moved, stage.noisy)) {
            assertThat(stage.now(pod)).as(pod.name()).isEmpty();
            assertThat(stage.isMarked(pod)).as(pod.name()).isFalse();
        }
        assertThat(stage.now(stage.taken)).isEqualTo(only(TAKEN));
        assertThat(stage.now(stage.stranger)).isEqualTo(only(STRANGE));
        assertThat(stage.now(stage.noisy.cgroup())).isEqualTo(only(WHOLE));
    }

    @AfterAll
    void ends() {
        stage.close();
    }
}
