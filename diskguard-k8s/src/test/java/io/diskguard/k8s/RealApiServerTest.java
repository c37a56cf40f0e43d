/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.diskguard.config.KubernetesSettings;
import io.diskguard.k8s.KubernetesEvents.Severity;
import io.diskguard.model.ContainerId;
import io.diskguard.model.PodRef;
import io.diskguard.spi.Environment;
import io.diskguard.spi.StateStore;
import io.diskguard.spi.StateStore.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** With the agent's own permissions at a kube-apiserver that {@code e2e/cluster/run} has started, chart applied. */
@EnabledIfEnvironmentVariable(
        named = RealApiServerTest.AGENT,
        matches = ".+",
        disabledReason = "no API server: e2e/cluster/run starts one and runs this")
class RealApiServerTest {
    /** The kubeconfig of a token that is bound to the agent's pod on {@link #NODE}. */
    static final String AGENT = "DISKGUARD_TEST_KUBECONFIG";

    private static final String ADMIN = "DISKGUARD_TEST_ADMIN_KUBECONFIG";
    private static final String NODE = "DISKGUARD_TEST_NODE";
    private static final String OTHER_NODE = "DISKGUARD_TEST_OTHER_NODE";

    private static final int PATCHES = 50;

    private final Map<String, String> variables = System.getenv();
    private final String node = variables.getOrDefault(NODE, "");
    private final Set<String> heard = ConcurrentHashMap.newKeySet();

    private ScheduledExecutorService executor;
    private KubernetesAccess access;
    private KubernetesPods pods;
    private RealCluster cluster;

    @BeforeEach
    void open() throws KubernetesAccessException {
        executor = Executors.newSingleThreadScheduledExecutor();
        cluster = new RealCluster(Path.of(variables.get(ADMIN)));
        access = access(Path.of(variables.get(AGENT)));
        pods = access.pods(node, Optional.empty());
        pods.onChange(heard::add);
        await("the list").until(() -> pods.isSynced() && pods.trouble().isEmpty());
    }

    @AfterEach
    void close() {
        for (var name : List.of("made", "shared", "anew", "elsewhere", "told")) {
            cluster.delete(name);
        }
        pods.close();
        access.close();
        cluster.close();
        executor.shutdownNow();
    }

    @Test
    void aPodIsHeardAsItIsMadeRunsIsAnnotatedAndGoes() {
        var made = cluster.make("made", node);
        hears(made, () -> pods.find(made.uid()).isPresent());
        RealCluster.demandGood(cluster.run(made, "0123"));
        hears(made, () -> pods.find(made.uid()).orElseThrow().containers().stream()
                .anyMatch(app -> app.id().equals(Optional.of(new ContainerId("containerd", "0123")))));
        RealCluster.demandGood(cluster.annotate(made, "iops-limit/iops", "77"));
        hears(made, () -> "77"
                .equals(pods.find(made.uid()).orElseThrow().annotations().get("iops-limit/iops")));
        cluster.delete("made");
        hears(made, () -> pods.find(made.uid()).isEmpty());
    }

    @Test
    void stateIsStoredBesideTheOwnerAndTheKubeletAndNeitherLosesAnything() {
        var shared = cluster.make("shared", node);
        try (var store = store()) {
            var ours = IntStream.range(0, PATCHES)
                    .mapToObj(i -> store.patch(shared, Map.of("iops-limit/applied-at", Optional.of("at " + i)))
                            .toCompletableFuture())
                    .toList();
            var theirs = new HashSet<Answer>();
            for (var i = 0; i < PATCHES; i++) {
                theirs.add(cluster.annotate(shared, "owner/key-" + i, "x").join());
                theirs.add(cluster.run(shared, "id-" + i).join());
            }

            assertThat(ours).allSatisfy(stored -> assertThat(stored.join()).isEqualTo(new Result.Stored()));
            assertThat(theirs).allMatch(answer -> answer instanceof Answer.Said said && said.isGood());
        }

        var pod = cluster.get("shared");
        var annotations = pod.at("/metadata/annotations");
        assertThat(annotations.path("iops-limit/applied-at").asText()).isEqualTo("at " + (PATCHES - 1));
        assertThat(annotations.path("iops-limit/iops").asText()).isEqualTo("100");
        assertThat(annotations.path("other/key").asText()).isEqualTo("kept");
        assertThat(IntStream.range(0, PATCHES)).allMatch(i -> annotations.has("owner/key-" + i));
        assertThat(pod.at("/status/containerStatuses/0/containerID").asText()).endsWith("id-" + (PATCHES - 1));
    }

    @Test
    void whatIsTakenAwayIsGoneAndWhatWasNeverThereIsNoProblem() {
        var shared = cluster.make("shared", node);
        try (var store = store()) {
            store(store, shared, Map.of("iops-limit/smart-limit", Optional.of("true")));
            store(
                    store,
                    shared,
                    Map.of("iops-limit/smart-limit", Optional.empty(), "iops-limit/removed-at", Optional.empty()));
        }

        assertThat(cluster.get("shared").at("/metadata/annotations").has("iops-limit/smart-limit"))
                .isFalse();
    }

    @Test
    void aPodMadeAnewUnderItsNameIsNotTouched() {
        var before = cluster.make("anew", node);
        cluster.delete("anew");
        cluster.make("anew", node);
        try (var store = store()) {
            assertThat(patch(store, before)).isEqualTo(new Result.Gone());
            assertThat(patch(store, new PodRef(before.uid(), before.namespace(), "never-was")))
                    .isEqualTo(new Result.Gone());
        }

        assertThat(cluster.get("anew").at("/metadata/annotations").has("iops-limit/smart-limit"))
                .isFalse();
    }

    @Test
    void anotherNodesPodIsForbiddenAndIsNotTriedAgain() {
        var elsewhere = cluster.make("elsewhere", variables.get(OTHER_NODE));
        try (var store = store()) {
            assertThat(patch(store, elsewhere)).isInstanceOf(Result.Forbidden.class);
        }
    }

    @Test
    void whatTheOwnerSetIsForbiddenToTheAgent() {
        var shared = cluster.make("shared", node);
        try (var store = access.stateStore(pods, key -> true)) {
            var result = store.patch(shared, Map.of("iops-limit/iops", Optional.of("1")));
            assertThat(result.toCompletableFuture().join()).isInstanceOf(Result.Forbidden.class);
        }
    }

    @Test
    void credentialsThatAreRefusedAreNamed(@TempDir Path directory) throws Exception {
        var wrong = directory.resolve("kubeconfig");
        Files.writeString(
                wrong, Files.readString(Path.of(variables.get(AGENT))).replaceAll("token: [^}]+", "token: wrong"));
        try (var stranger = access(wrong);
                var nothing = stranger.pods(node, Optional.empty())) {
            await("the reason").until(() -> nothing.trouble().orElse("").contains("credentials (401)"));
            assertThat(nothing.isSynced()).isFalse();
        }
    }

    @Test
    void eventsOfThePodAreCountedNotRepeated() {
        var told = cluster.make("told", node);
        try (var events = access.events(node)) {
            for (var i = 0; i < 5; i++) {
                events.ofPod(told, Severity.WARNING, "LimitFailed", "the kernel says no");
            }
            events.ofPod(told, Severity.NORMAL, "SmartLimitApplied", "x".repeat(5_000));
            await("the events")
                    .until(() -> cluster.eventsOf(told).size() == 2
                            && cluster.eventsOf(told).findValues("count").stream()
                                    .anyMatch(count -> count.asInt() == 5));
            events.ofNode(Severity.NORMAL, "Ready", "all disks found");
            assertThat(events.dropped()).isZero();
        }
    }

    private void hears(PodRef pod, Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
        await().until(() -> heard.remove(pod.uid()));
    }

    private KubernetesAccess access(Path kubeconfig) throws KubernetesAccessException {
        var settings = new KubernetesSettings(
                Optional.of(node),
                Optional.of(kubeconfig),
                Cluster.settings(Optional.empty()).kubelet());
        return KubernetesAccess.open(settings, Environment.system(), executor);
    }

    private StateStore store() {
        return access.stateStore(pods, key -> key.startsWith("iops-limit/") && !key.endsWith("/iops"));
    }

    private static void store(StateStore store, PodRef pod, Map<String, Optional<String>> changes) {
        assertThat(store.patch(pod, changes).toCompletableFuture().join()).isEqualTo(new Result.Stored());
    }

    private static Result patch(StateStore store, PodRef pod) {
        return store.patch(pod, Map.of("iops-limit/smart-limit", Optional.of("true")))
                .toCompletableFuture()
                .join();
    }
}
