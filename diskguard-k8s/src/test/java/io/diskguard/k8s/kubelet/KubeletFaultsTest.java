/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.k8s.ManualTimer;
import io.diskguard.k8s.kubelet.KubeletClient.Patience;
import io.diskguard.model.Pod;
import io.diskguard.reconcile.Backoff;
import io.diskguard.simulator.ManualClock;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.IoStatsSource.Sample;
import io.diskguard.spi.PodSource.Snapshot;
import io.diskguard.testkit.wire.Fault;
import io.diskguard.testkit.wire.FaultyServer;
import io.diskguard.testkit.wire.Peer;
import io.diskguard.testkit.wire.Reply;
import io.diskguard.testkit.wire.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of pods and counters whatever the kubelet does: what was known holds, it is said why, and it passes. */
@TestInstance(Lifecycle.PER_CLASS)
class KubeletFaultsTest implements Peer<KubeletOperation> {
    /** With who says nothing; whatever else is answered may take its time on a busy machine. */
    private static final Duration HASTY = Duration.ofMillis(250);

    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final int TRIES = 60;
    private static final Duration KEEP = Duration.ofSeconds(30);
    private static final Authority AUTHORITY = new Authority("kubelet-ca");
    private static final Authority.Signed CERTIFICATE = AUTHORITY.issue("node-1", "localhost");
    private static final String WEB = KubeletPodsTest.pod("web", "1", "");
    private static final String METRIC = "container_fs_writes_total{device=\"/dev/sda\",id=\"/kubepods/pod1/c1\"} 5\n";

    private final ManualClock clock = new ManualClock();
    private FaultyServer<KubeletOperation> server;
    private Asker hasty;
    private Asker patient;
    private volatile String list = KubeletPodsTest.list(WEB);

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        server = FaultyServer.onLoopback(this, Optional.of(FakeKubelet.context(CERTIFICATE, Optional.empty())));
        var ca = Files.writeString(directory.resolve("ca.crt"), AUTHORITY.pem());
        patient = new Asker(directory, ca, PATIENT);
        hasty = new Asker(directory, ca, HASTY);
    }

    @BeforeEach
    void begin() {
        list = KubeletPodsTest.list(WEB);
        server.mend();
        clock.advance(KEEP);
    }

    @AfterAll
    void close() {
        patient.close();
        hasty.close();
        server.close();
        assertThat(server.unforeseen()).as("asked, and in no row").isEmpty();
    }

    private Asker asker(Fault fault) {
        return (fault.isSilence() ? hasty : patient).ready();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void thePodsThatAreKnownHold(Fault fault) {
        var asker = asker(fault);
        server.fault(KubeletOperation.PODS, fault);

        assertThat(asker.pods.poll()).as("sooner than else").isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(asker.pods.poll())
                .as("and later than before")
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));

        assertThat(asker.names()).containsExactly("web");
        assertThat(asker.told).isEmpty();
        assertThat(asker.pods.trouble()).hasValueSatisfying(it -> assertThat(it)
                .contains("kubelet")
                .hasSizeLessThan(700)
                .contains(fault.isRefusal() ? String.valueOf(fault.status()) : "localhost:" + server.port()));
        asker.recovers();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void countersAreUnavailableAndNoContainerIsGone(Fault fault) {
        var asker = asker(fault);
        server.fault(KubeletOperation.COUNTERS, fault);

        assertThat(asker.sampled()).isInstanceOfSatisfying(Sample.Unavailable.class, it -> assertThat(it.reason())
                .contains("kubelet")
                .hasSizeLessThan(700));

        server.mend();
        var sample = asker.sampled();
        for (var tries = 1; tries < TRIES && !(sample instanceof Sample.Counted); tries++) {
            clock.advance(KEEP);
            sample = asker.sampled();
        }
        assertThat(sample).isInstanceOf(Sample.Counted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"metadata\":null}",
                "{\"metadata\":{}}",
                "{\"metadata\":{\"namespace\":\"default\",\"name\":\"x\"}}",
                "{\"metadata\":{\"namespace\":\"default\",\"uid\":\"x\"}}",
                "{\"metadata\":{\"namespace\":\"default\",\"name\":\"x\",\"uid\":\"x\"},\"spec\":{\"containers\":[{}]}}",
            })
    void aPodThatIsNoneCostsNoOther(String pod) {
        list = KubeletPodsTest.list(WEB, pod, KubeletPodsTest.pod("shop", "2", ""));

        patient.pods.poll();

        assertThat(patient.names()).containsExactlyInAnyOrder("web", "shop");
        assertThat(((Snapshot.Synced) patient.pods.snapshot()).complete()).isFalse();
        list = KubeletPodsTest.list(WEB);
        patient.recovers();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"spec\":{\"nodeName\":\"node-1\",\"containers\":[null]}",
                "\"spec\":{\"containers\":[{\"name\":\"a\",\"volumeMounts\":[null]}]}",
                "\"status\":{\"containerStatuses\":[null]}",
                "\"status\":{\"containerStatuses\":[{\"name\":null,\"containerID\":\"garbage\"}]}",
                "\"status\":{\"phase\":\"Dreaming\",\"qosClass\":\"Best\"}"
            })
    void whatCannotBeUnderstoodOfAPodIsLeftOut(String rest) {
        list = KubeletPodsTest.list(
                WEB, "{\"metadata\":{\"namespace\":\"default\",\"name\":\"shop\",\"uid\":\"2\"}," + rest + "}");

        patient.pods.poll();

        assertThat(patient.names()).containsExactlyInAnyOrder("web", "shop");
    }

    /** Pods and counters of a kubelet that is asked with some patience. */
    private final class Asker {
        private final KubeletPods pods;
        private final KubeletStats stats;
        private final List<String> told = new ArrayList<>();

        Asker(Path directory, Path ca, Duration patience) {
            var settings = Kubelets.settings(server.port(), ca);
            var client = new KubeletClient(
                    () -> settings, directory, new Patience(PATIENT, patience, patience.multipliedBy(2)), it -> {});
            var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(1));
            pods = new KubeletPods(client, "node-1", KEEP, new ManualTimer(clock), backoff);
            var paths = new HostPaths(directory, directory, directory);
            stats = new KubeletStats(client, new Environment(paths, clock, clock, Map.of()), KEEP, Runnable::run);
            pods.onChange(told::add);
        }

        /** It knows the pods. */
        Asker ready() {
            recovers();
            told.clear();
            return this;
        }

        /** What hung may hold the first tries. */
        void recovers() {
            server.mend();
            pods.poll();
            for (var tries = 1; tries < TRIES && isInTrouble(); tries++) {
                pods.poll();
            }
            assertThat(pods.trouble()).isEmpty();
            assertThat(((Snapshot.Synced) pods.snapshot()).complete()).isTrue();
            assertThat(names()).containsExactly("web");
        }

        private boolean isInTrouble() {
            return pods.trouble().isPresent() || pods.snapshot() instanceof Snapshot.Unknown;
        }

        Sample sampled() {
            return Sampled.of(stats, "/kubepods/pod1/c1").sample();
        }

        List<String> names() {
            return ((Snapshot.Synced) pods.snapshot())
                    .pods().stream().map(Pod::name).toList();
        }

        void close() {
            pods.close();
            stats.close();
        }
    }

    @Override
    public Optional<KubeletOperation> operation(Request request) {
        return KubeletOperation.of(request);
    }

    @Override
    public Reply answer(KubeletOperation operation, Request request) {
        return switch (operation) {
            case PODS -> Reply.json(200, list);
            case COUNTERS -> Reply.of(200, "text/plain", METRIC);
        };
    }
}
