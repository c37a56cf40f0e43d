/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.systemd;

import static io.diskguard.e2e.scenarios.node.Limits.usual;
import static io.diskguard.e2e.scenarios.node.Limits.writes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.diskguard.e2e.scenarios.machine.Accuracy;
import io.diskguard.e2e.scenarios.machine.Meter;
import io.diskguard.e2e.scenarios.node.Duo;
import io.diskguard.e2e.scenarios.node.GuardedNode;
import io.diskguard.e2e.scenarios.node.KubeletDriver;
import io.diskguard.e2e.scenarios.node.NodePod;
import io.diskguard.e2e.scenarios.node.Scripts;
import io.diskguard.e2e.scenarios.node.Systemd;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;

/** Containers in scopes that systemd makes and has limits of its own for: which limit holds, and who gives way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public final class PodsInScopesTest {
    private static final int TIMED = 3;
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);
    private static final Duration SLOW_MACHINE = Duration.ofSeconds(3);
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(20);

    private GuardedNode node;

    public PodsInScopesTest() {}

    @BeforeAll
    void start() {
        node = GuardedNode.start(KubeletDriver.SYSTEMD, "check_interval: " + CHECK_INTERVAL.toSeconds());
    }

    @AfterAll
    void stop() {
        node.close();
    }

    /** A pod with one container, which may write so often. */
    private record Guarded(NodePod pod, String id, IoLimit limit) {
        CgroupPath cgroup() {
            return pod.cgroup(id);
        }

        String scope() {
            return pod.unit(id);
        }
    }

    private Guarded guarded(String name, int writes) {
        var pod = node.pod(name, Map.of("iops-limit/write-iops", String.valueOf(writes)), "app");
        var one = new Guarded(pod, pod.launch("app", Scripts.SLEEP), writes(writes));
        node.awaitLimit(one.cgroup(), one.limit);
        return one;
    }

    @Test
    @Order(1)
    void containersInScopesAreLimitedSoonAndKeepToTheirLimits(TestReporter figures) {
        var duo = Duo.start(node, figures);
        var accuracy = new Accuracy(node.cgroups(), figures);
        var pod = duo.pod();
        assertThat(pod.cgroup(duo.app()).name()).isEqualTo("cri-containerd-" + duo.app() + ".scope");
        duo.run();
        await("no limit on a sandbox")
                .atMost(SOON)
                .until(() -> node.limit(pod.cgroup(pod.sandbox())), Optional.of(IoLimit.UNLIMITED)::equals);
        accuracy.assertKept(duo.rates());
        pod.end();
        await().atMost(SOON).until(() -> !node.cgroups().fs().exists(pod.cgroup()));
    }

    @Test
    @Order(2)
    void aNewContainerIsLimitedWithinASecond(TestReporter figures) {
        var pod = node.pod("alike", Map.of(), "app");
        var gaps = new ArrayList<Double>();
        for (int i = 0; i < TIMED; i++) {
            var id = pod.create("app", Scripts.SLEEP);
            var gap = pod.startTimed(id);
            assertThat(gap).isLessThan(CHECK_INTERVAL.dividedBy(2));
            node.awaitLimit(pod.cgroup(id), usual());
            gaps.add(gap.toNanos() / 1e6);
            pod.stop(id);
        }
        figures.publishEntry("milliseconds from the scope to its limit", gaps.toString());
        pod.end();
    }

    /**
     * Once systemd was told a limit of its own it writes all four numbers of that disk, and again with each other property of the unit
     * and each daemon-reload; not with daemon-reexec.
     */
    @Test
    @Order(3)
    void limitsThatSystemdSetsAreRepairedThreeTimesAndThenLeft(TestReporter figures) {
        var data = node.machine().volume("data");
        var other = node.machine().volume("other");
        var stricter = guarded("stricter", 400);
        var looser = guarded("looser", 410);
        var elsewhere = guarded("elsewhere", 420);
        var both = List.of(stricter, looser);

        Systemd.set(elsewhere.scope(), Systemd.writesTo(other, 300));
        Systemd.set(stricter.scope(), Systemd.writesTo(data, 300));
        Systemd.set(looser.scope(), Systemd.writesTo(data, 900));
        repaired("set-property IOWriteIOPSMax", both, 1, figures);
        for (var one : List.of(elsewhere, stricter, looser)) {
            Systemd.set(one.scope(), "CPUWeight=200");
        }
        repaired("set-property CPUWeight", both, 2, figures);
        Systemd.reload();
        repaired("daemon-reload", both, 3, figures);
        Systemd.again();
        for (var one : both) {
            Systemd.set(one.scope(), "CPUWeight=300");
        }
        for (var one : both) {
            await("event").atMost(SOON).until(() -> node.events(one.pod).contains("LimitContested"));
        }
        Meter.pass(CHECK_INTERVAL.multipliedBy(2));
        assertThat(node.limit(stricter.cgroup())).contains(onlyWrites(300));
        assertThat(node.limit(looser.cgroup())).contains(onlyWrites(900));
        assertThat(node.limit(elsewhere.cgroup(), other.disk())).contains(onlyWrites(300));
        assertThat(node.limit(elsewhere.cgroup())).contains(elsewhere.limit);
        assertThat(node.events(elsewhere.pod)).isEmpty();
        List.of(stricter, looser, elsewhere).forEach(one -> one.pod.end());
    }

    /** The limit that systemd sets when it is told one number. */
    private static IoLimit onlyWrites(int perSecond) {
        return IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(perSecond));
    }

    private void repaired(String what, List<Guarded> all, int times, TestReporter figures) {
        var begin = System.nanoTime();
        for (var one : all) {
            await("repair " + times + " after " + what)
                    .atMost(SOON)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> repairs(one), count -> count == times);
            assertThat(node.limit(one.cgroup())).contains(one.limit);
        }
        var took = Duration.ofNanos(System.nanoTime() - begin);
        figures.publishEntry("milliseconds from " + what + " to the repair of two", "" + took.toMillis());
        assertThat(took).isLessThan(CHECK_INTERVAL.plus(SLOW_MACHINE));
    }

    private long repairs(Guarded one) {
        return node.agent()
                .log()
                .lines()
                .filter(line -> line.contains("changed the limit of " + one.pod.name() + "/app on " + node.disk()))
                .count();
    }

    /** As a daemon-reload may do it for an instant; it puts back what it misses. */
    @Test
    @Order(4)
    void limitsComeBackWhenTheControllerWasTakenAwayAndSystemdPutItBack(TestReporter figures) {
        var one = guarded("toggled", 430);
        node.cgroups().write(one.pod.cgroup(), "cgroup.subtree_control", "-io");
        assertThat(node.limit(one.cgroup())).as("io.max is gone").isEmpty();
        await("the agent to see it").atMost(SOON).until(() -> node.agent().log().contains("cannot be limited yet"));
        Systemd.reload();
        assertThat(node.cgroups().read(one.pod.cgroup(), "cgroup.subtree_control"))
                .contains("io");
        figures.publishEntry(
                "milliseconds from daemon-reload, which puts +io back, to the limit",
                "" + node.awaitLimit(one.cgroup(), one.limit).toMillis());
        one.pod.end();
    }

    @Test
    @Order(5)
    void anAgentThatIsKilledKeepsItsLimitsAndLeavesThoseOfSystemdAlone() {
        var data = node.machine().volume("data");
        var ours = guarded("ours", 440);
        var free = node.pod("free", Map.of("iops-limit/removed", "true"), "app");
        var unlimited = free.launch("app", Scripts.SLEEP);
        Systemd.set(free.unit(unlimited), Systemd.writesTo(data, 310));
        node.agent().kill();
        var theirs = node.pod("theirs", Map.of("iops-limit/write-iops", "450"), "app");
        var limited = theirs.launch("app", Scripts.SLEEP);
        Systemd.set(theirs.unit(limited), Systemd.writesTo(data, 320));
        node.agent().launch();
        await("the agent").atMost(START).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(node.limit(ours.cgroup())).contains(ours.limit);
            return node.agent().isReady();
        });
        ours.pod.annotate("iops-limit/write-iops", "460");
        node.awaitLimit(ours.cgroup(), writes(460));
        await("word of a limit that is not ours").atMost(SOON).until(() -> node.agent()
                .log()
                .lines()
                .anyMatch(line -> line.contains("shop/theirs/") && line.contains("has a limit that is not ours")));
        assertThat(node.limit(theirs.cgroup(limited))).contains(onlyWrites(320));
        assertThat(node.limit(free.cgroup(unlimited))).contains(onlyWrites(310));
        assertThat(node.explain(free).toString()).contains("which DiskGuard did not set and leaves alone");
    }
}
