/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.cri;

import static io.diskguard.e2e.scenarios.node.Limits.readBytes;
import static io.diskguard.e2e.scenarios.node.Limits.usual;
import static io.diskguard.e2e.scenarios.node.Limits.writes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.diskguard.e2e.scenarios.machine.Accuracy;
import io.diskguard.e2e.scenarios.machine.Accuracy.Expected;
import io.diskguard.e2e.scenarios.machine.Meter.Place;
import io.diskguard.e2e.scenarios.node.Duo;
import io.diskguard.e2e.scenarios.node.GuardedNode;
import io.diskguard.e2e.scenarios.node.KubeletDriver;
import io.diskguard.e2e.scenarios.node.NodePod;
import io.diskguard.e2e.scenarios.node.Scripts;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/** Containers that a containerd starts, in the cgroups that it makes: each has its limit soon, keeps to it, and leaves nothing behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public final class PodsOfContainerdTest {
    private static final long MIB = 1 << 20;
    private static final int TIMED = 3;
    private static final Duration SOON = Duration.ofSeconds(20);

    private GuardedNode node;

    public PodsOfContainerdTest() {}

    @BeforeAll
    void start() {
        node = GuardedNode.start(KubeletDriver.CGROUPFS);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void containersAreLimitedSoonAndKeepToTheirLimitsAndToNewOnes(TestReporter figures) {
        var reader = node.pod("reader", Map.of("iops-limit/read-bps", "2Mi"), "app");
        var free = node.pod("free", Map.of("iops-limit/removed", "true"), "app");

        var both = Duo.start(node, figures);
        var duo = both.pod();
        var app = both.app();
        var side = both.side();
        var reading = reader.launch("app", Scripts.read("reader"));
        var unlimited = free.launch("app", Scripts.SLEEP);
        node.awaitLimit(reader.cgroup(reading), readBytes(2 * MIB));
        var accuracy = accuracy(figures);
        both.run();
        assertThat(node.limit(free.cgroup(unlimited))).contains(IoLimit.UNLIMITED);
        for (var pod : new NodePod[] {duo, reader, free}) {
            await("no limit on a sandbox")
                    .atMost(SOON)
                    .until(() -> node.limit(pod.cgroup(pod.sandbox())), Optional.of(IoLimit.UNLIMITED)::equals);
        }
        assertThat(node.explain(duo).toString())
                .contains("iops-limit/write-iops", "iops-limit/policy")
                .contains(app, side);
        var expected = new ArrayList<>(both.rates());
        expected.add(place("reading container", reader, reading, LimitKey.RBPS, 2 * MIB));
        accuracy.assertKept(expected);

        duo.annotate("iops-limit/write-iops", "200");
        figures.publishEntry(
                "milliseconds from a changed annotation to the kernel",
                "" + node.awaitLimit(duo.cgroup(app), writes(200)).toMillis());
        reader.annotate("iops-limit/read-bps", "4Mi");
        node.awaitLimit(reader.cgroup(reading), readBytes(4 * MIB));
        assertThat(node.limit(duo.cgroup(side))).contains(writes(60));
        duo.stop(side);
        var again = duo.create("side", Scripts.write("side"));
        figures.publishEntry(
                "milliseconds without a limit, container started again",
                "" + duo.startTimed(again).toNanos() / 1e6);
        node.awaitLimit(duo.cgroup(again), writes(60));
        duo.runs("side", again);
        accuracy(figures)
                .assertKept(
                        place("annotation changed live", duo, app, LimitKey.WIOPS, 200),
                        place("container started again", duo, again, LimitKey.WIOPS, 60),
                        place("reading container, changed live", reader, reading, LimitKey.RBPS, 4 * MIB));
    }

    @Test
    void aNewContainerIsLimitedWithinTwoSeconds(TestReporter figures) {
        var alike = node.pod("alike", Map.of(), "app");
        figures.publishEntry("milliseconds from mkdir to the limit, any container alike", timed(alike, "app"));
        var named = node.pod("named", Map.of("iops-limit/policy", "[{container: app, writeIops: 70}]"), "app", "side");
        figures.publishEntry("milliseconds from mkdir to the limit, runtime asked for names", timed(named, "app"));
        alike.end();
        named.end();
    }

    private String timed(NodePod pod, String container) {
        var gaps = new ArrayList<Double>();
        for (int i = 0; i < TIMED; i++) {
            var id = pod.create(container, Scripts.SLEEP);
            var gap = pod.startTimed(id);
            assertThat(gap).isLessThan(Duration.ofSeconds(2));
            gaps.add(gap.toNanos() / 1e6);
            pod.stop(id);
        }
        return gaps.toString();
    }

    @Test
    void nothingIsLeftOfAPodThatEnded() {
        var pod = node.pod("short", Map.of(), "app");
        var id = pod.launch("app", Scripts.SLEEP);
        node.awaitLimit(pod.cgroup(id), usual());
        assertThat(node.agent().get("/api/v1/containers")).contains(id);
        pod.end();
        assertThat(node.cgroups().fs().exists(pod.cgroup())).isFalse();
        await().atMost(SOON).untilAsserted(() -> assertThat(node.agent().get("/api/v1/containers"))
                .doesNotContain(id));
    }

    @Test
    void theAgentIsReadyWithoutAnyCapability() {
        assertThat(node.agent().capabilities()).containsExactly("0000000000000000");
        assertThat(node.agent().isReady()).as(node.agent().get("/readyz")).isTrue();
        if (node.machine().full()) {
            assertThat(node.agent().run("explain", "shop/first")).contains("default");
        }
    }

    private Accuracy accuracy(TestReporter figures) {
        return new Accuracy(node.cgroups(), figures);
    }

    private Expected place(String what, NodePod pod, String container, LimitKey key, double perSecond) {
        return new Expected(what, new Place(pod.cgroup(container), node.disk()), key, perSecond);
    }
}
