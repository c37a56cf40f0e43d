/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.e2e.scenarios.kernel.Kubelet.Layout;
import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.e2e.scenarios.machine.Meter;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Pod;
import io.diskguard.spi.CgroupDriver.ApplyResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** From the mkdir of a container's cgroup until the whole engine's limit can be read in the kernel. */
public final class TimeToLimitTest {
    private static final int PODS = 250;
    private static final int WARM_UP = 50;
    private static final int CONTAINERS = 200;
    /** Each takes a whole look, as it begins right after one. */
    private static final int UNWATCHED = 2;

    private static final Duration RARELY = Duration.ofMinutes(10);
    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final long GIVE_UP = Duration.ofSeconds(20).toNanos();

    private final List<Pod> pods = IntStream.range(0, PODS)
            .mapToObj(number -> Guarded.pod(number, Optional.empty()))
            .toList();

    public TimeToLimitTest() {}

    @Test
    void aNewContainerIsLimitedBeforeItsProcessCanStart(TestReporter figures) {
        try (var cgroups = Cgroups.open(Machine.here())) {
            var kubelet = new Kubelet(cgroups, Layout.CGROUPFS);
            pods.forEach(kubelet::makePod);
            var bare = bare(cgroups, kubelet);
            var watched = engine(cgroups, kubelet, RARELY, true, WARM_UP, CONTAINERS);
            var unwatched = engine(cgroups, kubelet, OFTEN, false, 0, UNWATCHED);
            pods.forEach(kubelet::removePod);

            tell(figures, "mkdir, a write of io.max and reading it, bare", bare);
            tell(figures, "mkdir to limit, " + PODS + " pods known", watched);
            tell(figures, "the same found by looking every second", unwatched);
            figures.publishEntry(
                    "p50 of the engine to that of a bare write",
                    String.format(Locale.ROOT, "%.1f", percentile(watched, 0.5) / percentile(bare, 0.5)));
            // what a runtime needs between the cgroup and the process natively; emulated it needs many times that
            assertThat(percentile(watched, 0.99)).isLessThan(200);
        }
    }

    private double[] bare(Cgroups cgroups, Kubelet kubelet) {
        try (var node = Guarded.on(cgroups, RARELY)) {
            var took = new double[CONTAINERS];
            for (int i = -WARM_UP; i < CONTAINERS; i++) {
                var pod = pods.get(Math.floorMod(i, PODS));
                var millis = once(node, kubelet, pod, path -> assertThat(
                                node.driver().apply(path, cgroups.disk(), Guarded.writes(Guarded.USUAL)))
                        .isInstanceOf(ApplyResult.Applied.class));
                if (i >= 0) {
                    took[i] = millis;
                }
            }
            return took;
        }
    }

    private double[] engine(
            Cgroups cgroups, Kubelet kubelet, Duration resync, boolean watched, int warmUp, int containers) {
        try (var node = new Guarded(cgroups, cgroups.disk(), resync, watched, config -> config, guard -> guard)) {
            pods.forEach(node.pods()::add);
            node.guard().start();
            var took = new double[containers];
            for (int i = -warmUp; i < containers; i++) {
                var pod = pods.get(Math.floorMod(i, PODS));
                var millis = once(node, kubelet, pod, path -> {});
                if (i >= 0) {
                    took[i] = millis;
                }
                if (i == -warmUp) {
                    // the start is over
                    Meter.pass(Duration.ofMillis(500));
                }
            }
            assertThat(node.heard().told("exception")).isEmpty();
            return took;
        }
    }

    private interface Then {
        void accept(CgroupPath path);
    }

    private static double once(Guarded node, Kubelet kubelet, Pod pod, Then then) {
        var id = Kubelet.id(1);
        var path = kubelet.path(pod, id);
        var begin = System.nanoTime();
        kubelet.startAsItIs(pod, id);
        then.accept(path);
        while (node.limit(path).filter(limit -> !limit.isUnlimited()).isEmpty()) {
            if (System.nanoTime() - begin > GIVE_UP) {
                throw new AssertionError("no limit in " + path);
            }
            // lets the engine have the other processor's share, too
            Thread.yield();
        }
        var took = System.nanoTime() - begin;
        assertThat(node.limit(path)).contains(Guarded.writes(Guarded.USUAL));
        kubelet.stop(pod, id);
        return took / 1e6;
    }

    private static void tell(TestReporter figures, String what, double[] millis) {
        figures.publishEntry(
                what + ", ms",
                String.format(
                        Locale.ROOT,
                        "p50 %.2f, p99 %.2f, worst %.2f of %d",
                        percentile(millis, 0.5),
                        percentile(millis, 0.99),
                        percentile(millis, 1),
                        millis.length));
    }

    private static double percentile(double[] millis, double part) {
        var sorted = millis.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }
}
