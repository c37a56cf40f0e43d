/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.Pod;
import io.diskguard.spi.PodSource.Snapshot;
import io.diskguard.testkit.wire.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an API server answers first, or last: nothing is known before it makes sense, and what comes too late tells nothing. */
class FirstAndLateAnswersTest {
    private static final Map<String, String> LIMIT = Map.of("iops-limit/iops", "100");

    @TempDir
    Path directory;

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private FaultyCluster cluster;
    private KubernetesPods pods;

    private void open(FaultyCluster opened) {
        cluster = opened;
        cluster.put("web", LIMIT);
    }

    @AfterEach
    void close() {
        pods.close();
        cluster.close();
        assertThat(cluster.server.unforeseen()).as("asked, and in no row").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"RESETS", "BREAKS_OFF", "HANGS", "STALLS", "HTML", "WRONG_KIND", "EMPTY_OBJECT", "FORBIDDEN"})
    void atTheStartNothingIsKnownAndItIsSaidWhy(Fault fault) {
        open(new FaultyCluster(directory, fault));
        cluster.server.fault(ApiOperation.LIST_PODS, fault);
        pods = cluster.access.pods(Cluster.NODE, Optional.empty());
        pods.onChange(told::add);

        cluster.until("two tries", () -> cluster.server.asked(ApiOperation.LIST_PODS) > 1);
        assertThat(pods.trouble()).hasValueSatisfying(it -> assertThat(it)
                .containsAnyOf("API server", "not permitted")
                .doesNotContain("not heard yet", "uid-web"));
        assertThat(pods.snapshot()).isInstanceOf(Snapshot.Unknown.class);
        if (fault.isRefusal()) {
            assertThat(pods.trouble().orElseThrow()).contains(String.valueOf(fault.status()));
        }
        assertThat(told).isEmpty();

        cluster.server.mend();
        cluster.until("the list", () -> pods.isSynced() && pods.trouble().isEmpty());
        assertThat(uids()).containsExactly("uid-web");
    }

    @Test
    void aListThatComesLateTellsNothing() {
        listen();
        var late = cluster.holdTheNextList();
        var lists = cluster.server.asked(ApiOperation.LIST_PODS);
        cluster.expire();
        cluster.until("a try after it", () -> cluster.server.asked(ApiOperation.LIST_PODS) > lists);
        cluster.forget("web");
        cluster.put("web", Cluster.pod("web", "uid-of-its-namesake", LIMIT));
        cluster.until("the namesake", () -> uids().equals(List.of("uid-of-its-namesake")));

        late.complete(null);

        cluster.put("shop", LIMIT);
        cluster.until("the pod after it", () -> uids().contains("uid-shop"));
        assertThat(uids()).containsExactlyInAnyOrder("uid-of-its-namesake", "uid-shop");
    }

    @Test
    void aDatabaseThatWasRestoredIsHeardThoughItsVersionsMovedBack() {
        listen();
        cluster.versionMovesBackTo(3);
        cluster.forget("web");
        cluster.put("old", LIMIT);

        cluster.expire();

        cluster.until("the state of then", () -> uids().equals(List.of("uid-old")));
    }

    private void listen() {
        open(new FaultyCluster(directory));
        pods = cluster.access.pods(Cluster.NODE, Optional.empty());
        cluster.until(
                "the watch",
                () -> cluster.server.open(ApiOperation.WATCH_PODS) > 0
                        && pods.isSynced()
                        && pods.trouble().isEmpty());
    }

    private List<String> uids() {
        return ((Snapshot.Synced) pods.snapshot()).pods().stream().map(Pod::uid).toList();
    }
}
