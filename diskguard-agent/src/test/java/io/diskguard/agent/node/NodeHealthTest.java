/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.http.Health;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.testkit.GuardedNode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeHealthTest {
    private final GuardedNode node = GuardedNode.with();
    private Optional<String> trouble = Optional.empty();
    private final NodeHealth health = new NodeHealth(
            node.guard(),
            new NodePods(
                    "the pods of the test",
                    node.node().pods(),
                    node.node().podCgroups(),
                    () -> trouble,
                    DiskGuardListener.NOOP,
                    Optional.empty(),
                    Duration.ZERO,
                    () -> {}),
            node.node().cgroups());

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

    private Health.Check check(String name) {
        return health.readiness().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
