/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.diskguard.k8s.ManualTimer;
import io.diskguard.model.Container;
import io.diskguard.model.Pod;
import io.diskguard.reconcile.Backoff;
import io.diskguard.simulator.ManualClock;
import io.diskguard.spi.PodSource.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeletPodsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final List<String> told = new ArrayList<>();
    private final ManualTimer timer = new ManualTimer(new ManualClock());
    private Kubelets kubelets;
    private KubeletPods pods;

    @BeforeEach
    void open() {
        kubelets = new Kubelets(directory);
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(1));
        pods = new KubeletPods(kubelets.client, "node-1", INTERVAL, timer, backoff);
        pods.onChange(told::add);
    }

    @AfterEach
    void close() {
        pods.close();
        kubelets.close();
    }

    @Test
    void beforeTheFirstAnswerNothingIsKnown() {
        assertThat(pods.snapshot()).isInstanceOf(Snapshot.Unknown.class);
        assertThat(pods.isSynced()).isFalse();
        assertThat(pods.trouble()).hasValueSatisfying(it -> assertThat(it).contains("not asked yet"));
    }

    @Test
    void whatIsAddedChangedAndDeletedIsToldAndNothingElse() {
        answer(pod("web", "1", ""), pod("shop", "2", ""));
        pods.poll();
        assertThat(told).containsExactlyInAnyOrder("1", "2");
        told.clear();
        answer(pod("web", "1", "\"iops-limit/iops\": \"100\""), pod("shop", "2", ""));
        pods.poll();
        assertThat(told).containsExactly("1");
        told.clear();
        answer(pod("shop", "2", ""));
        pods.poll();
        assertThat(told).containsExactly("1");
        told.clear();
        pods.poll();

        assertThat(told).isEmpty();
        assertThat(known()).extracting(Pod::name).containsExactly("shop");
        assertThat(pods.find("2")).isPresent();
        assertThat(pods.find("1")).isEmpty();
    }

    @Test
    void twoContainersOfOneNameInTwoPodsAreToldApart() {
        answer(pod("web", "1", ""), pod("shop", "2", ""));
        pods.poll();

        assertThat(known())
                .flatExtracting(Pod::containers)
                .extracting(
                        Container::name,
                        container -> container.id().orElseThrow().id())
                .containsExactlyInAnyOrder(tuple("app", "0000web"), tuple("app", "0000shop"));
    }

    @Test
    void podsOfAnotherNodeAreDropped() {
        answer(pod("web", "1", ""), pod("lost", "2", "").replace("node-1", "node-2"));
        pods.poll();

        assertThat(known()).extracting(Pod::name).containsExactly("web");
        assertThat(complete()).isTrue();
    }

    @Test
    void podsThatEndedAreNone() {
        answer(pod("web", "1", ""), pod("job", "2", "").replace("Running", "Succeeded"));
        pods.poll();

        assertThat(known()).extracting(Pod::name).containsExactly("web");
    }

    @Test
    void aNodeWithoutPodsHasNone() {
        for (var items : List.of("[]", "null")) {
            kubelets.server.answer(
                    "/pods",
                    200,
                    "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"metadata\": {}, \"items\": " + items + "}");
            pods.poll();
            assertThat(known()).isEmpty();
            assertThat(complete()).isTrue();
        }
    }

    @Test
    void aKubeletThatStartedAnewAndWasToldNothingYetTakesNoPodAway() {
        var own = pod("proxy", "3", "\"kubernetes.io/config.source\": \"file\"");
        answer(pod("web", "1", "\"kubernetes.io/config.source\": \"api\""), own);
        pods.poll();
        told.clear();
        for (var round = 0; round < 2; round++) {
            for (var list : List.of(list(), list(own))) {
                kubelets.server.answer("/pods", 200, list);
                assertThat(pods.poll()).isEqualTo(INTERVAL);
                assertThat(known()).extracting(Pod::name).containsExactlyInAnyOrder("web", "proxy");
                assertThat(complete()).as("nothing is cleared").isFalse();
                assertThat(pods.trouble())
                        .hasValueSatisfying(it -> assertThat(it).contains("started anew"));
            }
        }
        assertThat(told).isEmpty();

        answer(pod("shop", "2", "\"kubernetes.io/config.source\": \"api\""), own);
        pods.poll();

        assertThat(known()).extracting(Pod::name).containsExactlyInAnyOrder("shop", "proxy");
        assertThat(complete()).isTrue();
        assertThat(pods.trouble()).isEmpty();
        assertThat(told).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void thePodsOfOneThatIsReplacedHoldUntilTheNextHasHeardOfThem() {
        var own = pod("proxy", "3", "\"kubernetes.io/config.source\": \"file\"");
        answer(pod("web", "1", "\"kubernetes.io/config.source\": \"api\""), own);
        pods.poll();
        var before = pods;
        pods = new KubeletPods(
                kubelets.client, "node-1", INTERVAL, timer, new Backoff(INTERVAL, INTERVAL, new Random(1)));
        pods.take(before);
        for (var started : List.of(false, true)) {
            if (started) {
                answer(own);
                pods.poll();
            }
            assertThat(known()).extracting(Pod::name).containsExactlyInAnyOrder("web", "proxy");
            assertThat(complete()).as("nothing is cleared").isFalse();
        }
        answer(own, pod("web", "1", ""));
        pods.poll();
        assertThat(complete()).isTrue();
        before.close();
    }

    @Test
    void aNodeThatHasItsOwnPodsOnlyIsKnownWhole() {
        answer(pod("proxy", "3", "\"kubernetes.io/config.source\": \"file\""));
        pods.poll();
        pods.poll();

        assertThat(complete()).isTrue();
    }

    @Test
    void aFailedPollKeepsTheLastKnownPodsAndSaysWhy() {
        answer(pod("web", "1", ""));
        pods.poll();
        told.clear();
        for (var garbage : List.of(
                "",
                "not json",
                "[]",
                "{}",
                "{\"kind\": \"Status\"}",
                "{\"kind\": \"NodeList\", \"items\": []}",
                "{\"items\": 7}",
                "{\"items\": [7]}",
                "{\"items\": [{\"metadata\": 7}]}",
                "{\"items\": [" + pod("web", "1", "") + ", {\"metadata\": {\"secret\": ")) {
            kubelets.server.answer("/pods", 200, garbage);
            pods.poll();
            assertThat(pods.trouble())
                    .as(garbage)
                    .hasValueSatisfying(it -> assertThat(it).contains("kubelet").doesNotContain("secret"));
        }
        kubelets.server.cutOff("/pods", list(pod("web", "1", "")));
        pods.poll();
        assertThat(pods.trouble()).hasValueSatisfying(it -> assertThat(it).contains("broke off"));

        assertThat(known()).extracting(Pod::name).containsExactly("web");
        assertThat(pods.isSynced()).isTrue();
        assertThat(told).isEmpty();

        answer(pod("web", "1", ""));
        pods.poll();
        assertThat(pods.trouble()).isEmpty();
    }

    @Test
    void aPodThatCannotBeUnderstoodIsAsItWasAndTheOthersAreHeard() {
        answer(pod("web", "1", ""), pod("shop", "2", ""));
        pods.poll();
        answer(
                pod("web", "1", "\"iops-limit/iops\": \"100\"").replace("\"name\": \"web\"", "\"name\": \"\""),
                pod("shop", "2", "\"iops-limit/iops\": \"200\""));
        pods.poll();

        assertThat(known()).extracting(Pod::name).containsExactlyInAnyOrder("web", "shop");
        assertThat(pods.find("1").orElseThrow().annotations()).isEmpty();
        assertThat(pods.find("2").orElseThrow().annotations()).containsValue("200");
        assertThat(complete()).as("what is not among them is not cleared").isFalse();
    }

    @Test
    void itAsksAtTheIntervalAndAfterFailuresWithGrowingPauses() {
        answer();
        assertThat(pods.poll()).isEqualTo(INTERVAL);
        kubelets.server.answer("/pods", 503, "");
        assertThat(pods.poll()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        var pause = Duration.ZERO;
        for (var i = 0; i < 8; i++) {
            pause = pods.poll();
        }
        assertThat(pause).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
        answer();
        assertThat(pods.poll()).isEqualTo(INTERVAL);
    }

    @Test
    void onceStartedItAsksEachTimeTheTimerSaysSo() {
        answer();
        pods.start();
        for (var round = 1; round <= 3; round++) {
            var rounds = round;
            await().until(() -> kubelets.server.asked.size() == rounds && timer.waiting() == 1);
            timer.advance(INTERVAL);
        }
    }

    @Test
    void afterClosingItAsksNoMore() {
        answer();
        pods.start();
        await().until(() -> timer.waiting() == 1);
        pods.close();
        timer.advance(INTERVAL);

        assertThat(timer.waiting()).isZero();
        assertThat(kubelets.server.asked).hasSize(1);
    }

    @Test
    void aThousandPodsAreHeardAndOnlyWhatLimitsDependOnIsKept() {
        var env = "\"env\": [{\"name\": \"SECRET\", \"value\": \"" + "x".repeat(5000) + "\"}], ";
        answer(IntStream.range(0, 1000)
                .mapToObj(i -> pod("pod-" + i, "uid-" + i, "").replace("\"image\"", env + "\"image\""))
                .toArray(String[]::new));
        pods.poll();

        assertThat(known()).hasSize(1000);
        assertThat(known().toString()).doesNotContain("SECRET");
        assertThat(told).hasSize(1000);
    }

    private List<Pod> known() {
        return List.copyOf(((Snapshot.Synced) pods.snapshot()).pods());
    }

    private boolean complete() {
        return ((Snapshot.Synced) pods.snapshot()).complete();
    }

    private void answer(String... list) {
        kubelets.server.answer("/pods", 200, list(list));
    }

    static String list(String... items) {
        return "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"metadata\": {}, \"items\": ["
                + List.of(items).stream().collect(Collectors.joining(",")) + "]}\n";
    }

    static String pod(String name, String uid, String annotations) {
        return """
                {"metadata": {"name": "%s", "namespace": "default", "uid": "%s", "annotations": {%s},
                  "managedFields": [{"manager": "kubelet"}]},
                 "spec": {"nodeName": "node-1", "containers": [{"name": "app", "image": "app:1"}]},
                 "status": {"phase": "Running", "qosClass": "Burstable",
                  "containerStatuses": [{"name": "app", "containerID": "containerd://0000%s"}]}}""".formatted(name, uid, annotations, name);
    }
}
