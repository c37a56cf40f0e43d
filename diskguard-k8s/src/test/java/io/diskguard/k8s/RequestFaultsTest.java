/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.diskguard.k8s.KubernetesEvents.Severity;
import io.diskguard.model.PodRef;
import io.diskguard.spi.StateStore;
import io.diskguard.testkit.wire.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a single request whatever the API server does to it: an answer in bounded time, and nothing waits behind it. */
class RequestFaultsTest {
    private static final PodRef WEB = new PodRef("default", "web", "uid-web");
    private static final Map<String, Optional<String>> STATE = Map.of("iops-limit/smart-limit", Optional.of("true"));

    @TempDir
    Path directory;

    private FaultyCluster cluster;

    @AfterEach
    void close() {
        cluster.close();
        assertThat(cluster.server.unforeseen()).as("asked, and in no row").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void stateIsSaidToBeStoredOnlyWhereItWasAndTheNextIsNotHeldUp(Fault fault) {
        cluster = new FaultyCluster(directory, fault);
        try (var store = cluster.access.stateStore(uid -> Optional.empty(), key -> true)) {
            cluster.server.fault(ApiOperation.PATCH_POD, fault);

            var result = stored(store);

            assertThat(result).isNotInstanceOf(StateStore.Result.Stored.class);
            assertThat(cluster.server.asked(ApiOperation.PATCH_POD)).isBetween(1, KubernetesStateStore.TRIES * 2);
            if (result instanceof StateStore.Result.Failed failed) {
                assertThat(failed.reason()).contains("API server").hasSizeLessThan(700);
            }
            cluster.server.mend();
            assertThat(stored(store)).isInstanceOf(StateStore.Result.Stored.class);
            cluster.until("what was given up to be let go", () -> cluster.server.connections() <= 1);
        }
    }

    private StateStore.Result stored(StateStore store) {
        CompletableFuture<StateStore.Result> result = store.patch(WEB, STATE).toCompletableFuture();
        cluster.until("a result", result::isDone);
        return result.join();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void anEventThatCannotBeRecordedIsCountedAndTheNextIsNotHeldUp(Fault fault) {
        cluster = new FaultyCluster(directory, fault);
        try (var events = cluster.access.events(Cluster.NODE)) {
            cluster.server.fault(ApiOperation.CREATE_EVENT, fault);
            events.ofPod(WEB, Severity.NORMAL, "SmartLimitApplied", "1");
            cluster.until("it to be given up", () -> events.dropped() == 1);

            cluster.server.mend();
            var before = cluster.server.asked(ApiOperation.CREATE_EVENT);
            events.ofPod(WEB, Severity.NORMAL, "SmartLimitApplied", "1");
            cluster.until("the next", () -> cluster.server.asked(ApiOperation.CREATE_EVENT) > before);
            assertThat(events.dropped()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RESETS", "STALLS", "HTML", "NOT_FOUND", "CONFLICT", "UNAVAILABLE"})
    void anEventThatCannotBeCountedUpIsMadeAnewOrCounted(Fault fault) {
        cluster = new FaultyCluster(directory, fault);
        try (var events = cluster.access.events(Cluster.NODE)) {
            events.ofPod(WEB, Severity.NORMAL, "SmartLimitApplied", "1");
            cluster.until("the first", () -> cluster.server.asked(ApiOperation.CREATE_EVENT) == 1);
            cluster.server.fault(ApiOperation.PATCH_EVENT, fault);

            cluster.until("the second", () -> {
                if (cluster.server.asked(ApiOperation.PATCH_EVENT) == 0) {
                    events.ofPod(WEB, Severity.NORMAL, "SmartLimitApplied", "1");
                }
                return cluster.server.asked(ApiOperation.CREATE_EVENT) > 1 || events.dropped() > 0;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "RESETS",
                "BREAKS_OFF",
                "HANGS",
                "STALLS",
                "HTML",
                "HALF_A_DOCUMENT",
                "WRONG_KIND",
                "EMPTY_OBJECT",
                "DEEP",
                "UNAUTHORIZED",
                "UNAVAILABLE"
            })
    void aQuestionOfTheDoctorIsAnsweredInTime(Fault fault) {
        cluster = new FaultyCluster(directory, fault);
        cluster.server.faultAll(ApiOperation.class, fault);
        try (var inspection = cluster.inspection()) {
            var server = assertTimeout(Duration.ofSeconds(20), () -> {
                assertThat(inspection.pods(Cluster.NODE)).isInstanceOf(Told.Unknown.class);
                assertThat(inspection.may("list", "pods")).isInstanceOf(Told.Unknown.class);
                assertThat(inspection.user()).isEmpty();
                return inspection.server();
            });
            if (server instanceof Told.Known<ClusterInspection.Server> known) {
                assertThat(known.value().version()).isEmpty();
            }

            cluster.server.mend();
            // which may still come late where it is not waited for long
            cluster.until(
                    "the server's version",
                    () -> inspection.server() instanceof Told.Known<ClusterInspection.Server> known
                            && known.value().toString().contains("v1.30.0"));
        }
    }
}
