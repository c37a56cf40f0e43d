/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.Pod;
import io.diskguard.spi.PodSource.Snapshot;
import io.diskguard.testkit.wire.Fault;
import io.diskguard.testkit.wire.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the known pods whatever the API server does to a list or a watch: they hold, it is said why, and it passes. */
@TestInstance(Lifecycle.PER_CLASS)
class PodFaultsTest {
    private static final Map<String, String> LIMIT = Map.of("iops-limit/iops", "100");

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private FaultyCluster cluster;
    private KubernetesPods pods;
    private int changes;

    @BeforeAll
    void open(@TempDir Path directory) {
        cluster = new FaultyCluster(directory);
        cluster.put("web", LIMIT);
        pods = cluster.access.pods(Cluster.NODE, Optional.empty());
        pods.onChange(told::add);
    }

    @AfterAll
    void close() {
        pods.close();
        cluster.close();
        assertThat(cluster.server.unforeseen()).as("asked, and in no row").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aListAnewLeavesWhatWasKnown(Fault fault) {
        cluster.server.fault(ApiOperation.LIST_PODS, fault);
        var lists = cluster.server.asked(ApiOperation.LIST_PODS);

        cluster.expire();

        cluster.until("two tries", () -> cluster.server.asked(ApiOperation.LIST_PODS) > lists + 1);
        assertThat(uids()).containsExactlyInAnyOrder("uid-web", "uid-late");
        assertThat(pods.trouble()).isPresent();
        assertThat(told).isEmpty();
        recovers();
    }

    /** The body of such an answer is not looked at. */
    @ParameterizedTest
    @EnumSource(names = {"RESETS", "HANGS", "STALLS", "HTML", "ENDLESS", "UNAUTHORIZED", "GONE", "UNAVAILABLE"})
    void aWatchThatCannotBeOpenedLeavesWhatWasKnownAndTheListSaysWhatIsNew(Fault fault) {
        cluster.server.fault(ApiOperation.WATCH_PODS, fault);

        cluster.server.cut();
        cluster.put("shop", LIMIT);

        cluster.until("the pod made meanwhile", () -> uids().contains("uid-shop"));
        cluster.until("the reason", () -> pods.trouble().isPresent());
        assertThat(uids()).containsExactlyInAnyOrder("uid-web", "uid-late", "uid-shop");
        recovers();
    }

    @Test
    void watchesThatAreNeverAnsweredLeaveNoConnectionBehind() {
        cluster.server.fault(ApiOperation.WATCH_PODS, Fault.HANGS);
        var watches = cluster.server.asked(ApiOperation.WATCH_PODS);

        cluster.server.cut();

        cluster.until(
                "more tries than connections may be left",
                () -> cluster.server.asked(ApiOperation.WATCH_PODS) > watches + 6);
        recovers();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not JSON",
                "{\"type\":\"MODIFIED\",\"object\":{\"kind\":\"Pod\",\"metadata\":",
                "[]",
                "{}",
                "{\"type\":\"MODIFIED\"}",
                "{\"type\":\"MODIFIED\",\"object\":null}",
                "{\"type\":\"DELETED\",\"object\":{\"kind\":\"Node\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"n\"}}}",
                "{\"type\":\"INVENTED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"x\"}}}",
                "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}}",
                "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":null}}",
                "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}}",
                "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":500}}"
            })
    void nonsenseInAWatchTakesNoPodAwayAndTheNextChangeIsHeard(String message) {

        cluster.server.push(ApiOperation.WATCH_PODS, Reply.frame(message));

        recovers();
        assertThat(uids()).contains("uid-web");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "7",
                "{\"metadata\":null}",
                "{\"metadata\":{}}",
                "{\"metadata\":{\"namespace\":\"default\",\"name\":\"x\"}}",
                "{\"metadata\":{\"namespace\":\"default\",\"uid\":\"x\"}}",
                "{\"metadata\":{\"namespace\":\"default\",\"name\":\"x\",\"uid\":\"uid-x\",\"annotations\":7}}",
                "{\"metadata\":{\"namespace\":\"default\",\"name\":\"x\",\"uid\":\"uid-x\"},\"spec\":{\"containers\":[null]}}",
                "{\"metadata\":{\"namespace\":\"default\",\"name\":\"x\",\"uid\":\"uid-x\"},\"spec\":{\"containers\":[{}]}}"
            })
    void aPodThatIsNoneInAListTakesNoOtherAway(String pod) throws Exception {
        cluster.raw(pod);

        cluster.expire();
        cluster.until(
                "to be seen that something is wrong",
                () -> pods.trouble().isPresent() || !((Snapshot.Synced) pods.snapshot()).complete());

        assertThat(uids()).contains("uid-web");
        cluster.raw("");
        cluster.expire();
        recovers();
    }

    @BeforeEach
    void listen() {
        cluster.forget("shop");
        cluster.raw("");
        cluster.server.mend();
        cluster.expire();
        recovers();
        told.clear();
    }

    private void recovers() {
        cluster.server.mend();
        var now = String.valueOf(++changes);
        cluster.put("late", Map.of("v", now));
        cluster.until(
                "the change after it",
                () -> pods.find("uid-late")
                                .filter(pod -> pod.annotations().containsValue(now))
                                .isPresent()
                        && pods.trouble().isEmpty()
                        && cluster.server.open(ApiOperation.WATCH_PODS) > 0
                        && ((Snapshot.Synced) pods.snapshot()).complete());
        cluster.until(
                "what was given up to be let go",
                () -> cluster.server.connections() - cluster.server.open(ApiOperation.WATCH_PODS) <= 3);
    }

    private List<String> uids() {
        return ((Snapshot.Synced) pods.snapshot()).pods().stream().map(Pod::uid).toList();
    }
}
