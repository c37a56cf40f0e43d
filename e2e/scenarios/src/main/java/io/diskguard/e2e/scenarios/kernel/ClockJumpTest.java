/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.cgroup.signal.HostSignals;
import io.diskguard.cgroup.v2.IoStat;
import io.diskguard.config.DiskCapacity;
import io.diskguard.config.DiskSettings;
import io.diskguard.config.SmartRelease;
import io.diskguard.config.SmartSettings;
import io.diskguard.config.SmartWindow;
import io.diskguard.config.Threshold;
import io.diskguard.e2e.scenarios.kernel.Kubelet.Layout;
import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Load;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.e2e.scenarios.machine.Meter;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.IoLimit;
import io.diskguard.smart.SmartKeeper;
import io.diskguard.spi.CgroupDriver.ApplyResult;
import io.diskguard.spi.Environment;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Somebody sets the machine's clock, a day ahead and back, under an engine that also limits by load. */
public final class ClockJumpTest {
    private static final Duration RESYNC = Duration.ofSeconds(2);
    private static final Duration BOUND = RESYNC.plusSeconds(1);
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration DAY = Duration.ofDays(1);
    private static final long CAPACITY = 200;
    private static final long SMART = 50;
    private static final long STATIC = 400;
    private static final double THRESHOLD = 0.8;
    /** About the shortest time in which a load that is held to {@link #STATIC} brings a window above its threshold. */
    private static final Duration ENOUGH =
            Duration.ofMillis((long) (WINDOW.toMillis() * THRESHOLD * CAPACITY / STATIC));

    private static final String LATE_LIMITED = "decided APPLY pod-3";

    private final Machine machine = Machine.here();
    private final Clock clock = Environment.system().clock();

    public ClockJumpTest() {}

    @Test
    void noLimitComesOrGoesByAJumpAndWhatIsDueIsDone(TestReporter figures) {
        var volume = machine.volume("data");
        var begin = System.nanoTime();
        var started = clock.instant();
        try (var cgroups = Cgroups.open(machine);
                var node = new Guarded(
                        cgroups,
                        volume.disk(),
                        RESYNC,
                        true,
                        config -> config.disks(new DiskSettings(
                                        List.of(),
                                        List.of(volume.disk().toString()),
                                        new DiskCapacity(OptionalLong.of(CAPACITY), OptionalLong.empty()),
                                        Map.of()))
                                .smart(smart()),
                        guard -> guard.stats(new IoStat(cgroups.fs()))
                                .signals(HostSignals.of(Environment.system()))
                                .smart(SmartKeeper::of))) {
            var kubelet = new Kubelet(cgroups, Layout.SYSTEMD);
            var busy = run(node, kubelet, 1);
            var quiet = run(node, kubelet, 2);
            var late = run(node, kubelet, 3);
            node.guard().start();
            List.of(busy, quiet, late).forEach(each -> node.awaitLimit(each, Guarded.writes(STATIC)));
            try (var load = Load.start(cgroups, busy, Load.Kind.WRITE, volume.mount(), 4096)) {
                node.awaitLimit(busy, Guarded.writes(SMART));
                assertThat(load.isRunning()).isTrue();
            }
            // Idle from now on: released in an hour, not sooner
            node.heard().clear();
            var since = System.nanoTime();
            try (var load = Load.start(cgroups, late, Load.Kind.WRITE, volume.mount(), 4096)) {
                set(clock.instant().plus(DAY));
                dueIsDone(node, quiet, 2, figures, "a day ahead");
                node.awaitLimit(late, Guarded.writes(SMART));
                var waited = Duration.ofNanos(node.heard().nanosOf(LATE_LIMITED).orElseThrow() - since);
                figures.publishEntry(
                        "from the load to its limit, across the jump, ms", Long.toString(waited.toMillis()));
                assertThat(waited).isGreaterThan(ENOUGH.minusMillis(500));
                assertThat(load.isRunning()).isTrue();
            }
            set(clock.instant().minus(DAY));
            dueIsDone(node, quiet, 1, figures, "a day back");

            assertThat(node.heard().told("decided")).containsExactly(LATE_LIMITED);
            assertThat(node.limit(busy)).contains(Guarded.writes(SMART));
            assertThat(node.limit(quiet)).contains(Guarded.writes(STATIC));
            assertThat(node.limit(late)).contains(Guarded.writes(SMART));
            assertThat(node.heard().told("cleared")).isEmpty();
            assertThat(node.heard().told("exception")).isEmpty();
            assertThat(node.heard().logged()).isEmpty();
            assertThat(node.guard().status().late()).isLessThan(Duration.ofSeconds(1));
        } finally {
            set(started.plusNanos(System.nanoTime() - begin));
        }
    }

    private static CgroupPath run(Guarded node, Kubelet kubelet, int number) {
        var id = Kubelet.id(number);
        var pod = Guarded.pod(number, STATIC, Optional.of(id));
        var path = kubelet.start(pod, id);
        node.pods().add(pod);
        return path;
    }

    /** What only a look at everything finds is found; a fourth time in ten minutes it would be somebody's will. */
    private void dueIsDone(Guarded node, CgroupPath container, int times, TestReporter figures, String what) {
        for (int i = 0; i < times; i++) {
            assertThat(node.driver().apply(container, machine.volume("data").disk(), IoLimit.UNLIMITED))
                    .isInstanceOf(ApplyResult.Applied.class);
            var took = node.awaitLimit(container, Guarded.writes(STATIC));
            figures.publishEntry("drift repaired, " + what + ", ms", Long.toString(took.toMillis()));
            assertThat(took).isLessThan(BOUND);
        }
        Meter.pass(Duration.ofSeconds(1));
    }

    private static SmartSettings smart() {
        return new SmartSettings(
                true,
                SmartSettings.Mode.ENFORCE,
                Duration.ofSeconds(1),
                List.of(new SmartWindow(
                        "5s",
                        WINDOW,
                        new Threshold.Fraction(THRESHOLD),
                        new Threshold.Fraction(THRESHOLD),
                        OptionalLong.of(SMART),
                        OptionalLong.empty())),
                SmartSettings.Reference.DISK,
                2,
                1 << 20,
                new SmartRelease(
                        new Threshold.Fraction(0.5),
                        new Threshold.Fraction(0.5),
                        Duration.ofHours(1),
                        Duration.ofSeconds(1)),
                false,
                Optional.empty());
    }

    private static void set(Instant time) {
        try {
            var date = new ProcessBuilder("date", "-s", "@" + time.getEpochSecond())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(date.waitFor()).isZero();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
