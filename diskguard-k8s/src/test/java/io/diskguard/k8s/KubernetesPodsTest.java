/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.spi.PodSource.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesPodsTest {
    private static final Map<String, String> LIMIT = Map.of("iops-limit/iops", "100");

    @TempDir
    Path directory;

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private Cluster cluster;
    private KubernetesPods pods;

    @BeforeEach
    void open() {
        cluster = new Cluster(directory);
        cluster.put("web", LIMIT);
    }

    @AfterEach
    void close() {
        if (pods != null) {
            pods.close();
        }
        cluster.close();
    }

    @Test
    void onlyThePodsOfTheNodeAreAskedFor() {
        listen();

        assertThat(cluster.api.requests)
                .allSatisfy(request -> assertThat(request.getPath()).contains("fieldSelector=spec.nodeName%3Dnode-1"));
        assertThat(cluster.api.requests.get(0).getPath())
                .as("from the API server's cache: a fleet that starts must not read its database")
                .contains("resourceVersion=0")
                .doesNotContain("limit=");
        assertThat(cluster.api.requests.get(1).getPath()).contains("allowWatchBookmarks=true", "timeoutSeconds=");
    }

    @Test
    void listsAndNothingElseAreAskedForInGzip() {
        listen();

        assertThat(cluster.api.requests).hasSizeGreaterThan(1).allSatisfy(request -> assertThat(
                        request.getHeader("Accept-Encoding"))
                .isEqualTo(request.getPath().contains("watch=true") ? null : "gzip"));
    }

    @Test
    void aContainerThatRestartsUnderUnchangedAnnotationsIsSeen() {
        listen();
        told.clear();

        var again = Cluster.pod("web", "uid-web", LIMIT);
        ((ObjectNode) again.path("status").path("containerStatuses").get(0)).put("containerID", "containerd://4567");
        cluster.api.put(again);

        until("the new container", () -> told.contains("uid-web"));
        assertThat(pod("uid-web").containers())
                .extracting(Container::id)
                .containsExactly(ContainerId.parse("containerd://4567"));
    }

    @Test
    void aContainerThatEndedIsNoneToAskTheRuntimeAbout() {
        listen();
        told.clear();

        var ended = Cluster.pod("web", "uid-web", LIMIT);
        var status = (ObjectNode) ended.path("status").path("containerStatuses").get(0);
        status.putObject("state").putObject("terminated").put("exitCode", 137).put("containerID", "containerd://0123");
        cluster.api.put(ended);

        until("the end", () -> told.contains("uid-web"));
        assertThat(pod("uid-web").containers()).extracting(Container::id).containsExactly(Optional.empty());

        status.putObject("state").putObject("running").put("startedAt", "2026-01-01T00:00:00Z");
        cluster.api.put(ended);
        until("the start", () -> pod("uid-web").containers().get(0).id().isPresent());
    }

    @Test
    void aStatusThatNoLimitDependsOnIsNotTold() {
        listen();
        told.clear();

        var probed = Cluster.pod("web", "uid-web", LIMIT);
        ((ObjectNode) probed.get("status")).putArray("conditions").addObject().put("type", "Ready");
        cluster.api.put(probed);
        cluster.put("shop", LIMIT);

        until("the later change", () -> told.contains("uid-shop"));
        assertThat(told).doesNotContain("uid-web");
    }

    @Test
    void aClosedWatchIsOpenedAgain() {
        listen();
        // The client takes a watch that was closed at once, before it said anything, for an expired one.
        cluster.put("first", LIMIT);
        until("the first pod", () -> told.contains("uid-first"));

        cluster.api.closeWatches();
        cluster.put("shop", LIMIT);

        until("the pod made meanwhile", () -> told.contains("uid-shop"));
        assertThat(cluster.api.lists()).as("it goes on where it was").isEqualTo(1);
    }

    @Test
    void aBrokenConnectionLosesNothing() {
        listen();

        cluster.relay.cut();
        cluster.api.remove("default/web");
        cluster.put("shop", LIMIT);

        until("both changes", () -> told.contains("uid-shop") && find("uid-web").isEmpty());
    }

    @Test
    void whatIsRefusedWhenTheWatchIsOpenedAgainIsSaidWithinMinutes() {
        listen();

        cluster.api.script(request -> Optional.of(ApiServer.refusal(401, "Unauthorized", "the token has expired")));
        cluster.relay.cut();
        until("the watch is broken", () -> pods.trouble().isPresent());
        cluster.timer.advance(KubernetesPods.LOOK_EACH);
        cluster.timer.advance(KubernetesPods.LOOK_EACH);

        until("the reason", () -> pods.trouble().orElse("").contains("401"));
        assertThat(uids()).containsExactly("uid-web");
        cluster.api.script(request -> Optional.empty());
        until("the watch", () -> pods.trouble().isEmpty());
    }

    @Test
    void aWatchWhoseOtherEndIsLostIsBegunAnewAfterAFewMinutes() {
        listen();

        cluster.relay.freeze();
        cluster.put("shop", LIMIT);
        for (var look = 0; look < KubernetesPods.SILENT_LOOKS; look++) {
            assertThat(cluster.api.lists()).isEqualTo(1);
            cluster.timer.advance(KubernetesPods.LOOK_EACH);
        }

        until("the pod made meanwhile", () -> told.contains("uid-shop"));
    }

    @Test
    void anExpiredWatchIsListedAgain() {
        listen();

        cluster.api.remove("default/web");
        cluster.put("shop", LIMIT);
        cluster.api.expire();

        until("the new list", () -> cluster.api.lists() == 2 && pods.trouble().isEmpty());
        assertThat(uids()).containsExactly("uid-shop");
    }

    @Test
    void changesThatExpiredWhileTheServerWasAwayAreFound() {
        cluster.put("old", LIMIT);
        listen();

        cluster.relay.takeAway();
        until("the watch to break", () -> pods.trouble().isPresent());
        assertThat(uids()).as("the last known hold").containsExactlyInAnyOrder("uid-web", "uid-old");
        cluster.api.remove("default/old");
        cluster.put("shop", LIMIT);
        cluster.api.compact();
        told.clear();
        cluster.relay.reopen();

        until("the new list", () -> told.containsAll(List.of("uid-shop", "uid-old")));
        assertThat(uids()).containsExactlyInAnyOrder("uid-web", "uid-shop");
        assertThat(((Snapshot.Synced) pods.snapshot()).complete()).isTrue();
    }

    @Test
    void aBookmarkKeepsAQuietWatchFromExpiring() {
        listen();
        cluster.api.bookmark();
        // Same connection: what comes after it was heard after it.
        cluster.put("mark", LIMIT);
        until("the bookmark", () -> told.contains("uid-mark"));
        cluster.api.compact();

        cluster.api.closeWatches();
        cluster.put("shop", LIMIT);

        until("the pod made meanwhile", () -> told.contains("uid-shop"));
        assertThat(cluster.api.lists()).isEqualTo(1);
    }

    @Test
    void aPodMadeAgainUnderItsNameWhileNobodyListenedIsAnother() {
        listen();
        cluster.relay.takeAway();
        cluster.api.remove("default/web");
        cluster.api.put(Cluster.pod("web", "uid-of-another", LIMIT));
        cluster.api.compact();
        told.clear();
        cluster.relay.reopen();

        until("both uids", () -> told.containsAll(List.of("uid-web", "uid-of-another")));
        assertThat(uids()).containsExactly("uid-of-another");
    }

    @Test
    void aListThatBreaksInTheMiddleIsBegunAnew() {
        for (var i = 0; i < 250; i++) {
            cluster.put("pod-" + i, LIMIT);
        }
        cluster.relay.cutAfter(30_000);

        pods = cluster.access.pods(Cluster.NODE, Optional.empty());
        assertThat(pods.snapshot()).isInstanceOf(Snapshot.Unknown.class);

        until("the whole list", () -> pods.isSynced());
        assertThat(uids()).hasSize(251);
    }

    @Test
    void aServerThatIsAwayAtTheStartIsTriedAgainAndNothingIsKnownMeanwhile() {
        cluster.relay.takeAway();
        pods = cluster.access.pods(Cluster.NODE, Optional.empty());
        awaitTimer();
        assertThat(pods.snapshot()).isInstanceOf(Snapshot.Unknown.class);
        assertThat(pods.trouble()).isPresent();
        cluster.relay.reopen();

        until("the list and the watch", () -> pods.isSynced() && pods.trouble().isEmpty());
        assertThat(uids()).containsExactly("uid-web");
    }

    @Test
    void theFirstPauseIsAtLeastHalfASecond() {
        cluster.relay.takeAway();
        pods = cluster.access.pods(Cluster.NODE, Optional.empty());
        awaitTimer();
        cluster.relay.reopen();

        cluster.timer.advance(Duration.ofMillis(499));
        assertThat(cluster.timer.waiting()).isEqualTo(1);
        cluster.timer.advance(Duration.ofMillis(501));
        until("the list", () -> pods.isSynced());
    }

    @Test
    void whereListsAreAnsweredAndWatchesAreNotThePodsAreListedAgainAndAgainMoreAndMoreSlowly() {
        cluster.api.script(request -> request.getPath().contains("watch=true")
                ? Optional.of(ApiServer.refusal(503, "ServiceUnavailable", "no WebSockets here"))
                : Optional.empty());
        pods = cluster.access.pods(Cluster.NODE, Optional.empty());
        until("the first list", () -> pods.isSynced());
        cluster.put("shop", LIMIT);
        until("the pod made meanwhile", () -> find("uid-shop").isPresent());
        assertThat(pods.trouble()).isPresent();

        until("the fifth list", () -> cluster.api.lists() == 5);
        awaitTimer();
        cluster.timer.advance(Duration.ofSeconds(7));
        assertThat(cluster.timer.waiting()).as("8 to 16 seconds by now").isEqualTo(1);
        cluster.api.script(request -> Optional.empty());
        until("the watch", () -> pods.trouble().isEmpty());
    }

    @Test
    void aMissingPermissionIsNamed() {
        cluster.api.script(request -> Optional.of(ApiServer.refusal(
                403,
                "Forbidden",
                "pods is forbidden: User \"system:serviceaccount:a:b\" cannot list resource \"pods\"")));
        pods = cluster.access.pods(Cluster.NODE, Optional.empty());
        awaitTimer();

        assertThat(pods.snapshot())
                .isInstanceOfSatisfying(Snapshot.Unknown.class, unknown -> assertThat(unknown.reason())
                        .contains("403", "grant", "list", "watch", "pods", "system:serviceaccount:a:b")
                        .doesNotContain(Cluster.TOKEN));
    }

    @Test
    void oneUnreadablePodCostsNoOther() {
        cluster.api.put(Cluster.pod("", "uid-nameless", LIMIT));
        listen();

        assertThat(uids()).containsExactly("uid-web");
        assertThat(((Snapshot.Synced) pods.snapshot()).complete()).isFalse();
    }

    @Test
    void textBeyondAsciiArrives() {
        cluster.put("web", Map.of("note", "磁盘 — ü"));
        listen();
        cluster.put("shop", Map.of("note", "磁盘 — ü"));

        until("the watch", () -> told.contains("uid-shop"));
        assertThat(pod("uid-web").annotations()).containsEntry("note", "磁盘 — ü");
        assertThat(pod("uid-shop").annotations()).containsEntry("note", "磁盘 — ü");
    }

    @Test
    void aPodBeingDeletedIsHeldUntilItIsGone() {
        var leaving = Cluster.pod("web", "uid-web", LIMIT);
        ((ObjectNode) leaving.get("metadata")).put("deletionTimestamp", "2026-01-01T00:00:00Z");
        cluster.api.put(leaving);
        listen();

        assertThat(uids()).containsExactly("uid-web");
    }

    @Test
    void aPodThatFinishedIsNoPodAnyMore() {
        listen();
        var finished = Cluster.pod("web", "uid-web", LIMIT);
        ((ObjectNode) finished.get("status")).put("phase", "Succeeded");
        told.clear();
        cluster.api.put(finished);

        until("it", () -> told.contains("uid-web"));
        assertThat(uids()).isEmpty();
    }

    @Test
    void aMirrorPodBearsTheUidOfItsStaticPod() {
        var hash = "0123456789abcdef0123456789abcdef";
        cluster.put("static", Map.of("kubernetes.io/config.hash", hash, "kubernetes.io/config.mirror", hash));
        listen();

        assertThat(pod("uid-static").cgroupUid()).isEqualTo(hash);
    }

    @Test
    void containersOfEveryKindAreReadWithTheirVolumes() {
        var pod = Cluster.pod("full", "uid-full", Map.of("kubectl.kubernetes.io/last-applied-configuration", "{}"));
        var spec = (ObjectNode) pod.get("spec");
        var inits = spec.putArray("initContainers");
        inits.addObject().put("name", "once").put("image", "once:1");
        inits.addObject().put("name", "side").put("image", "side:1").put("restartPolicy", "Always");
        spec.putArray("ephemeralContainers").addObject().put("name", "debug").put("image", "debug:1");
        var app = (ObjectNode) spec.get("containers").get(0);
        app.putArray("volumeMounts").addObject().put("name", "data").put("mountPath", "/data");
        app.putArray("volumeDevices").addObject().put("name", "raw").put("devicePath", "/dev/raw");
        cluster.api.put(pod);
        listen();

        var read = pod("uid-full");
        assertThat(read.qosClass()).isEqualTo(QosClass.BURSTABLE);
        assertThat(read.annotations()).as("what kubectl keeps for itself").isEmpty();
        assertThat(read.containers())
                .extracting(Container::name, Container::kind)
                .containsExactly(
                        tuple("once", ContainerKind.INIT),
                        tuple("side", ContainerKind.SIDECAR),
                        tuple("app", ContainerKind.MAIN),
                        tuple("debug", ContainerKind.EPHEMERAL));
        assertThat(read.containers().get(2).mounts())
                .containsExactly(new MountRef("data", "/data", false), new MountRef("raw", "/dev/raw", true));
    }

    private void listen() {
        pods = cluster.access.pods(Cluster.NODE, Optional.empty());
        pods.onChange(told::add);
        until("the first list", () -> pods.isSynced() && pods.trouble().isEmpty());
    }

    private void until(String what, Callable<Boolean> condition) {
        cluster.until(what, condition);
    }

    private void awaitTimer() {
        await().until(() -> cluster.timer.waiting() == 1);
    }

    private List<String> uids() {
        return ((Snapshot.Synced) pods.snapshot()).pods().stream().map(Pod::uid).toList();
    }

    private Pod pod(String uid) {
        return find(uid).orElseThrow();
    }

    private Optional<Pod> find(String uid) {
        return ((Snapshot.Synced) pods.snapshot())
                .pods().stream().filter(pod -> pod.uid().equals(uid)).findFirst();
    }
}
