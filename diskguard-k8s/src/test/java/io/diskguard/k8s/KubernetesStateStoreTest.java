/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.model.PodRef;
import io.diskguard.spi.StateStore;
import io.diskguard.spi.StateStore.Result;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesStateStoreTest {
    private static final PodRef WEB = new PodRef("uid-web", "default", "web");
    private static final Map<String, Optional<String>> LIMITED =
            Map.of("iops-limit/smart-limit", Optional.of("true"), "iops-limit/limit-removed", Optional.empty());

    @TempDir
    Path directory;

    private Cluster cluster;
    private KubernetesPods pods;
    private StateStore store;

    @BeforeEach
    void open() {
        cluster = new Cluster(directory);
        cluster.put("web", Map.of("iops-limit/iops", "100", "iops-limit/limit-removed", "true", "other/key", "kept"));
        pods = cluster.access.pods(Cluster.NODE, Optional.empty());
        cluster.until("the first list", () -> pods.isSynced() && pods.trouble().isEmpty());
        cluster.api.requests.clear();
        store = cluster.access.stateStore(pods, key -> key.startsWith("iops-limit/") && !key.endsWith("/iops"));
    }

    @AfterEach
    void close() {
        store.close();
        pods.close();
        cluster.close();
    }

    @Test
    void onlyTheKeysThatChangeAreSentAndWhatOthersWroteStays() {
        assertThat(result(store.patch(WEB, LIMITED))).isEqualTo(new Result.Stored());

        var request = patches().get(0);
        assertThat(request.getHeader("Content-Type")).startsWith("application/merge-patch+json");
        assertThat(cluster.api.patches.get(0)).isEqualTo(ApiServer.read("""
                        {"metadata": {"uid": "uid-web", "annotations":
                         {"iops-limit/smart-limit": "true", "iops-limit/limit-removed": null}}}
                        """));
        assertThat(cluster.api.pod("default/web").orElseThrow().at("/metadata/annotations"))
                .isEqualTo(ApiServer.read("""
                        {"iops-limit/iops": "100", "iops-limit/smart-limit": "true", "other/key": "kept"}
                        """));
    }

    @Test
    void whatWasWrittenIsReadWhenItWasHeardBack() {
        assertThat(store.read("uid-web")).isEqualTo(Map.of("iops-limit/limit-removed", "true"));

        result(store.patch(WEB, LIMITED));

        cluster.until("the change", () -> store.read("uid-web").equals(Map.of("iops-limit/smart-limit", "true")));
        assertThat(store.read("uid-unknown")).isEmpty();
    }

    @Test
    void aUsersKeyIsNeverTouched() {
        assertThatThrownBy(() -> store.patch(WEB, Map.of("iops-limit/iops", Optional.of("1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPodMadeAnewUnderTheNameIsNotTouched() {
        cluster.api.put(Cluster.pod("web", "uid-of-another", Map.of()));

        assertThat(result(store.patch(WEB, LIMITED))).isEqualTo(new Result.Gone());
        assertThat(cluster.api.pod("default/web").orElseThrow().at("/metadata/annotations"))
                .isEmpty();
    }

    @Test
    void aPodMayHaveTheNameOfAnotherResource() {
        cluster.put("events-exporter", Map.of());

        assertThat(result(store.patch(new PodRef("uid-events-exporter", "default", "events-exporter"), LIMITED)))
                .isEqualTo(new Result.Stored());
    }

    @Test
    void aPodThatIsGoneIsAResult() {
        cluster.api.remove("default/web");

        assertThat(result(store.patch(WEB, LIMITED))).isEqualTo(new Result.Gone());
        assertThat(patches()).hasSize(1);
    }

    @Test
    void aMissingPermissionIsAResultThatNamesTheVerbAndIsNotTriedAgain() {
        refuse(403, "Forbidden", "pods \"web\" is forbidden");

        assertThat(result(store.patch(WEB, LIMITED)))
                .isInstanceOfSatisfying(Result.Forbidden.class, forbidden -> assertThat(forbidden.reason())
                        .contains("403", "grant verb patch on pods")
                        .doesNotContain(Cluster.TOKEN));
        assertThat(patches()).hasSize(1);
    }

    @Test
    void aPatchThatIsNotAcceptedIsAResultAndNotTriedAgain() {
        refuse(422, "Invalid", "annotations: too long");

        assertThat(result(store.patch(WEB, LIMITED)))
                .isInstanceOfSatisfying(Result.Rejected.class, rejected -> assertThat(rejected.reason())
                        .contains("too long"));
        assertThat(patches()).hasSize(1);
    }

    @Test
    void anOverloadedServerIsTriedAgain() {
        var left = new AtomicInteger(2);
        cluster.api.script(request -> isPatch(request) && left.getAndDecrement() > 0
                ? Optional.of(ApiServer.refusal(429, "TooManyRequests", "later"))
                : Optional.empty());

        assertThat(result(store.patch(WEB, LIMITED))).isEqualTo(new Result.Stored());
        assertThat(patches()).hasSize(3);
    }

    @Test
    void aServerThatStaysAwayFailsThePatchAfterAFewTries() {
        cluster.relay.takeAway();

        assertThat(result(store.patch(WEB, LIMITED))).isInstanceOf(Result.Failed.class);
    }

    @Test
    void patchesOfOnePodTakeEffectInTheirOrderThoughTheFirstIsTriedAgain() {
        var left = new AtomicInteger(1);
        cluster.api.script(request -> isPatch(request) && left.getAndDecrement() > 0
                ? Optional.of(ApiServer.refusal(500, "InternalError", "etcd"))
                : Optional.empty());

        var first = store.patch(WEB, Map.of("iops-limit/smart-limit", Optional.of("first")));
        var second = store.patch(WEB, Map.of("iops-limit/smart-limit", Optional.of("second")));

        assertThat(result(first)).isEqualTo(new Result.Stored());
        assertThat(result(second)).isEqualTo(new Result.Stored());
        assertThat(cluster.api
                        .pod("default/web")
                        .orElseThrow()
                        .at("/metadata/annotations/iops-limit~1smart-limit")
                        .asText())
                .isEqualTo("second");
    }

    private void refuse(int code, String reason, String message) {
        cluster.api.script(
                request -> isPatch(request) ? Optional.of(ApiServer.refusal(code, reason, message)) : Optional.empty());
    }

    private List<RecordedRequest> patches() {
        return cluster.api.requests.stream()
                .filter(KubernetesStateStoreTest::isPatch)
                .toList();
    }

    private static boolean isPatch(RecordedRequest request) {
        return request.getMethod().equals("PATCH");
    }

    private Result result(CompletionStage<Result> stage) {
        var future = stage.toCompletableFuture();
        cluster.until("the result", future::isDone);
        return future.orTimeout(1, TimeUnit.SECONDS).join();
    }
}
