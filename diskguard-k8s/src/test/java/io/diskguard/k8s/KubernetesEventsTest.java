/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskguard.k8s.KubernetesEvents.Severity;
import io.diskguard.model.PodRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesEventsTest {
    private static final PodRef WEB = new PodRef("uid-web", "shop", "web");

    @TempDir
    Path directory;

    private Cluster cluster;
    private KubernetesEvents events;

    @BeforeEach
    void open() {
        cluster = new Cluster(directory);
        events = cluster.access.events(Cluster.NODE);
    }

    @AfterEach
    void close() {
        events.close();
        cluster.close();
    }

    @Test
    void anEventSaysWhatHappenedToWhichPod() {
        events.ofPod(WEB, Severity.WARNING, "LimitFailed", "the kernel says no");

        var event = only();
        assertThat(event.at("/involvedObject")).isEqualTo(ApiServer.read("""
                        {"apiVersion": "v1", "kind": "Pod", "namespace": "shop", "name": "web", "uid": "uid-web"}
                        """));
        assertThat(event.path("metadata").path("namespace").asText()).isEqualTo("shop");
        assertThat(event.path("type").asText()).isEqualTo("Warning");
        assertThat(event.path("reason").asText()).isEqualTo("LimitFailed");
        assertThat(event.path("message").asText()).isEqualTo("the kernel says no");
        assertThat(event.at("/source/component").asText()).isEqualTo("diskguard");
        assertThat(event.at("/source/host").asText()).isEqualTo(Cluster.NODE);
        assertThat(event.path("firstTimestamp").asText()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void anEventOfTheNodeIsWhereDescribeLooksForIt() {
        events.ofNode(Severity.NORMAL, "Ready", "all disks found");

        var event = only();
        assertThat(event.path("metadata").path("namespace").asText()).isEqualTo("default");
        assertThat(event.at("/involvedObject/uid").asText()).isEqualTo(Cluster.NODE);
    }

    @Test
    void theSameAgainIsCountedNotRepeated() {
        events.ofPod(WEB, Severity.NORMAL, "SmartLimitApplied", "500 IOPS");
        only();
        var first = only().path("lastTimestamp").asText();
        cluster.timer.advance(Duration.ofMinutes(1));
        events.ofPod(WEB, Severity.NORMAL, "SmartLimitApplied", "500 IOPS");
        events.ofPod(WEB, Severity.NORMAL, "SmartLimitApplied", "500 IOPS");

        cluster.until("the count", () -> only().path("count").asInt() == 3);
        assertThat(only().path("lastTimestamp").asText()).isGreaterThan(first);
    }

    @Test
    void anEventThatTheServerForgotIsMadeAnew() {
        events.ofPod(WEB, Severity.NORMAL, "SmartLimitApplied", "500 IOPS");
        only();
        cluster.api.forgetEvents();
        events.ofPod(WEB, Severity.NORMAL, "SmartLimitApplied", "500 IOPS");

        assertThat(only().path("count").asInt()).isEqualTo(1);
        assertThat(events.dropped()).isZero();
    }

    @Test
    void onePodDoesNotDrownTheOthers() {
        for (var i = 0; i < EventSeries.BURST + 10; i++) {
            events.ofPod(WEB, Severity.WARNING, "LimitDrifted", "number " + i);
        }
        events.ofPod(new PodRef("uid-db", "shop", "db"), Severity.WARNING, "LimitDrifted", "once");

        cluster.until("all that may", () -> cluster.api.events().size() == EventSeries.BURST + 1);
        assertThat(events.dropped()).isEqualTo(10);
        cluster.clock.advance(EventSeries.EARNED_EACH);
        events.ofPod(WEB, Severity.WARNING, "LimitDrifted", "later");
        cluster.until("the next that may", () -> cluster.api.events().size() == EventSeries.BURST + 2);
    }

    @Test
    void aFullQueueDropsAndCountsAndNeverBlocks() {
        for (var i = 0; i < KubernetesEvents.QUEUE + 7; i++) {
            events.ofPod(new PodRef("uid-" + i, "shop", "pod-" + i), Severity.NORMAL, "SmartLimitApplied", "x");
        }

        assertThat(events.dropped()).isEqualTo(7);
    }

    @Test
    void aServerThatComesBackGetsWhatWaited() {
        cluster.relay.takeAway();
        events.ofPod(WEB, Severity.NORMAL, "SmartLimitRemoved", "calm again");
        cluster.timer.advance(Duration.ZERO);
        await().until(() -> cluster.timer.waiting() == 1);
        cluster.relay.reopen();

        assertThat(only().path("reason").asText()).isEqualTo("SmartLimitRemoved");
        assertThat(events.dropped()).isZero();
    }

    @Test
    void aMissingPermissionDropsAndTheNextIsTried() {
        cluster.api.script(request -> Optional.of(ApiServer.refusal(403, "Forbidden", "events is forbidden")));
        events.ofPod(WEB, Severity.NORMAL, "SmartLimitApplied", "1");
        cluster.until("the refusal", () -> events.dropped() == 1);
        cluster.api.script(request -> Optional.empty());
        events.ofPod(WEB, Severity.NORMAL, "SmartLimitApplied", "2");

        assertThat(only().path("message").asText()).isEqualTo("2");
    }

    private JsonNode only() {
        cluster.until("one event", () -> cluster.api.events().size() == 1);
        return cluster.api.events().get(0);
    }
}
