/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.model.Pod;
import io.diskguard.spi.PodSource.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node with much going on and a network that breaks in every way: in the end the truth is known. */
class ChurnTest {
    private static final int PODS = 250;
    private static final int CHANGES = 4000;
    /** So that a watch that hangs is found out within some seconds. */
    private static final Duration STEP = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverHappensTheFinalStateIsTheServersAndEveryChangeOfItWasTold(long seed) {
        var random = new Random(seed);
        try (var cluster = new Cluster(directory)) {
            for (var i = 0; i < PODS; i++) {
                cluster.put("pod-" + i, Map.of("v", "0"));
            }
            var pods = cluster.access.pods(Cluster.NODE, Optional.empty());
            // What a caller would hold that looks at a pod only when it is told to.
            var seen = new ConcurrentHashMap<String, Optional<Pod>>();
            pods.onChange(uid -> seen.put(uid, pods.find(uid)));
            cluster.until("the first list", pods::isSynced);
            for (var i = 0; i < CHANGES; i++) {
                change(cluster, random, i);
                if (i % 200 == 0) {
                    disturb(cluster, pods, random);
                }
                if (i % 1000 == 0) {
                    cluster.relay.reopen();
                    cluster.put("wanted-" + i, Map.of());
                    var uid = "uid-wanted-" + i;
                    cluster.until(
                            "to be heard again", STEP, () -> pods.find(uid).isPresent());
                }
            }
            cluster.relay.reopen();

            cluster.until("the final state", STEP, () -> known(pods).equals(truth(cluster)));
            assertThat(((Snapshot.Synced) pods.snapshot()).complete()).isTrue();
            cluster.until("every change to be told", STEP, () -> told(seen).equals(truth(cluster)));
            pods.close();
        }
    }

    private static void change(Cluster cluster, Random random, int number) {
        var name = "pod-" + random.nextInt(PODS);
        switch (random.nextInt(10)) {
            case 0 -> cluster.api.remove("default/" + name);
            case 1 -> {
                cluster.api.remove("default/" + name);
                cluster.api.put(Cluster.pod(name, "uid-" + name + "-" + number, Map.of("v", "" + number)));
            }
            case 2 -> {
                var pod = uid(cluster, name).map(uid -> Cluster.pod(name, uid, Map.of("v", "" + number)));
                pod.ifPresent(finished -> {
                    ((ObjectNode) finished.get("status")).put("phase", "Failed");
                    cluster.api.put(finished);
                });
            }
            default ->
                cluster.api.put(Cluster.pod(name, uid(cluster, name).orElse("uid-" + name), Map.of("v", "" + number)));
        }
    }

    private static void disturb(Cluster cluster, KubernetesPods pods, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> cluster.relay.cut();
            case 1 -> cluster.relay.takeAway();
            case 2 -> cluster.api.expire();
            case 3 -> cluster.api.closeWatches();
            case 4 -> cluster.relay.cutAfter(random.nextInt(60_000));
            default -> {
                cluster.relay.cut();
                cluster.api.compact();
            }
        }
        assertThat(pods.snapshot()).as("what was heard once is not forgotten").isInstanceOf(Snapshot.Synced.class);
    }

    private static Optional<String> uid(Cluster cluster, String name) {
        return cluster.api
                .pod("default/" + name)
                .map(pod -> pod.path("metadata").path("uid").asText());
    }

    private static Map<String, String> truth(Cluster cluster) {
        var truth = new TreeMap<String, String>();
        cluster.api.pods().forEach(pod -> {
            if (pod.path("status").path("phase").asText().equals("Running")) {
                truth.put(
                        pod.path("metadata").path("uid").asText(),
                        pod.path("metadata").path("annotations").path("v").asText());
            }
        });
        return truth;
    }

    private static Map<String, String> known(KubernetesPods pods) {
        var known = new TreeMap<String, String>();
        ((Snapshot.Synced) pods.snapshot())
                .pods()
                .forEach(pod -> known.put(pod.uid(), pod.annotations().getOrDefault("v", "")));
        return known;
    }

    private static Map<String, String> told(Map<String, Optional<Pod>> seen) {
        var told = new TreeMap<String, String>();
        seen.forEach((uid, pod) ->
                pod.ifPresent(there -> told.put(uid, there.annotations().getOrDefault("v", ""))));
        return told;
    }
}
