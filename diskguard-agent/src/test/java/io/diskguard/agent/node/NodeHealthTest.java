/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.http.Health;
import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reload.ConfigStatus;
import io.diskguard.reload.KeyChange;
import io.diskguard.reload.Reload;
import io.diskguard.spi.ConfigSource;
import io.diskguard.testkit.GuardedNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeHealthTest {
    private final GuardedNode node = GuardedNode.with();
    private Optional<String> trouble = Optional.empty();
    private ConfigStatus status = status(reload(Reload.Result.APPLIED, List.of()), List.of());
    private final NodeHealth health = new NodeHealth(
            node.guard(),
            new NodePods(
                    "the pods of the test",
                    node.node().pods(),
                    node.node().podCgroups(),
                    () -> trouble,
                    DiskGuardListener.NOOP,
                    reload -> {},
                    Optional.empty(),
                    Exchangeable.NEVER,
                    Duration.ZERO,
                    () -> {}),
            node.node().cgroups(),
            () -> status);

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aLoopThatTurnsIsAlive() {
        node.pass(Duration.ofMinutes(10));
        assertThat(health.liveness().ok()).isTrue();
    }

    @Test
    void aLoopThatHangsIsNotAlive() {
        node.pass(Duration.ofSeconds(5));

        node.node().advance(Duration.ofMinutes(3));

        assertThat(health.liveness().ok()).isFalse();
        assertThat(health.liveness().detail()).contains("has done nothing for 1");
    }

    @Test
    void aLostWatchIsNotAFailedLivenessNorReadiness() {
        node.pass(Duration.ofSeconds(5));
        trouble = Optional.of("the API server refuses connections");

        assertThat(health.liveness().ok()).isTrue();
        assertThat(check("pods").ok()).isTrue();
        assertThat(check("pods").detail()).contains("refuses connections");
    }

    @Test
    void beforeThePodsAreKnownItIsNotReadyAndSaysWhy() {
        node.node().losePods("the API server was not heard yet");
        node.pass(Duration.ofSeconds(1));

        assertThat(check("pods").ok()).isFalse();
        assertThat(check("pods").detail()).contains("was not heard yet");
        assertThat(health.liveness().ok()).isTrue();
    }

    @Test
    void aDiskThatIsNotThereMakesItNotReadyWithWhatItLookedFor() {
        assertThat(check("disks").detail()).isEqualTo("not looked for yet");
        node.pass(Duration.ofSeconds(1));
        assertThat(check("disks").ok()).isTrue();
        assertThat(check("disks").detail()).contains("/data is on disk nvme0n1");
    }

    @Test
    void everyCheckIsNamed() {
        node.pass(Duration.ofSeconds(1));
        assertThat(health.readiness())
                .extracting(Health.Check::name)
                .containsExactly("configuration", "driver", "disks", "pods");
        assertThat(health.readiness()).allMatch(Health.Check::ok);
    }

    @Test
    void aConfigurationThatIsNotTakenMakesItNotReadyAndSaysWhatIsWrongWhere() {
        var wrong = new ConfigSource.Problem(
                "check_interval", "0s", "/etc/diskguard/config.yaml line 4", "a duration from 1s to 24h");

        status = status(reload(Reload.Result.REJECTED, List.of(wrong)), List.of());

        assertThat(check("configuration").ok()).isFalse();
        assertThat(check("configuration").detail())
                .contains("the last good configuration goes on")
                .contains("check_interval is \"0s\" (/etc/diskguard/config.yaml line 4)");
        assertThat(health.liveness().ok()).isTrue();
    }

    @Test
    void aKeyThatWaitsForARestartIsNamedAndKeepsNobodyFromBeingReady() {
        var waiting = new KeyChange("http_address", "0.0.0.0:2112", ":9100", "file", false);

        status = status(reload(Reload.Result.APPLIED, List.of()), List.of(waiting));

        assertThat(check("configuration").ok()).isTrue();
        assertThat(check("configuration").detail()).isEqualTo("valid; waiting for a restart: http_address");
    }

    private static ConfigStatus status(Reload last, List<KeyChange> waiting) {
        var valid = (ConfigResult.Valid) ConfigLoader.load(List.of());
        return new ConfigStatus(valid, Instant.EPOCH, last, waiting);
    }

    private static Reload reload(Reload.Result result, List<ConfigSource.Problem> problems) {
        return new Reload(
                1,
                Instant.EPOCH,
                List.of(),
                result,
                List.of(),
                problems,
                problems.size(),
                "",
                List.of(),
                Duration.ZERO);
    }

    private Health.Check check(String name) {
        return health.readiness().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
