/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.cgroup.v2.IoMaxDriver;
import io.diskguard.e2e.scenarios.kernel.Kubelet.Layout;
import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.e2e.scenarios.machine.Meter;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.spi.CgroupDriver.ApplyResult;
import io.diskguard.spi.CgroupDriver.ReadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Pods and containers come and go as fast as the machine can, while an engine and a driver of its own write into them all. */
public final class RemovedWhileWrittenTest {
    private static final int ACTORS = 2;
    private static final int STAYING = 3;
    private static final int CONTAINERS = 3;
    private static final int POD_EVERY = 4;
    private static final long MOST_KEPT = 1 << 20;

    private final Machine machine = Machine.here();
    private final Duration length = machine.full() ? Duration.ofMinutes(5) : Duration.ofSeconds(10);
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicInteger made = new AtomicInteger();
    private final Map<CgroupPath, Long> there = new ConcurrentHashMap<>();
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    private final List<String> wrong = new ArrayList<>();

    public RemovedWhileWrittenTest() {}

    @Test
    void whatIsRemovedWhileItIsWrittenIsGoneAndNothingElse(TestReporter figures) {
        try (var cgroups = Cgroups.open(machine);
                var node = Guarded.on(cgroups, Duration.ofSeconds(1))) {
            var kubelet = new Kubelet(cgroups, Layout.CGROUPFS);
            var staying = new ArrayList<CgroupPath>();
            for (int i = 0; i < STAYING; i++) {
                var pod = Guarded.pod(i, 100 + i, Optional.of(Kubelet.id(i)));
                staying.add(kubelet.start(pod, Kubelet.id(i)));
                node.pods().add(pod);
            }
            node.guard().start();
            for (int i = 0; i < STAYING; i++) {
                node.awaitLimit(staying.get(i), Guarded.writes(100 + i));
            }
            churn(node, cgroups, kubelet, Duration.ofSeconds(2));
            var before = heap();

            churn(node, cgroups, kubelet, length);

            for (int i = 0; i < STAYING; i++) {
                assertThat(node.limit(staying.get(i))).contains(Guarded.writes(100 + i));
            }
            // two looks at everything, at which what is no more is forgotten
            Meter.pass(Duration.ofSeconds(3));
            var told = node.heard().told();
            assertThat(told).allMatch(line -> line.startsWith("applied "));
            var limits = told.size();
            told = List.of();
            node.heard().clear();
            var kept = heap() - before;
            var left = cgroups.fs()
                    .children(kubelet.pod(Guarded.pod(0, Optional.empty()))
                            .parent()
                            .orElseThrow());
            figures.publishEntry("containers made and removed", made.toString());
            figures.publishEntry("the driver's answers", answers.toString());
            figures.publishEntry("limits told by the engine", Integer.toString(limits));
            figures.publishEntry("heap kept, bytes", Long.toString(kept));
            assertThat(wrong).isEmpty();
            assertThat(answers.keySet()).containsExactlyInAnyOrder("applied", "gone", "read", "read gone");
            assertThat(limits).as("limits told by the engine").isGreaterThan(STAYING);
            assertThat(node.heard().logged()).isEmpty();
            assertThat(left).hasSize(STAYING);
            assertThat(kept).isLessThan(MOST_KEPT);
        }
    }

    private void churn(Guarded node, Cgroups cgroups, Kubelet kubelet, Duration time) {
        running.set(true);
        var threads = Executors.newCachedThreadPool();
        var all = new ArrayList<Future<?>>();
        for (int actor = 0; actor < ACTORS; actor++) {
            var first = 1_000_000 * (actor + 1);
            all.add(threads.submit(() -> act(node, kubelet, first)));
        }
        all.add(threads.submit(() -> write(cgroups)));
        Meter.pass(time);
        running.set(false);
        threads.shutdown();
        for (var one : all) {
            try {
                one.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Pods come, have containers that come and go, and go. */
    private void act(Guarded node, Kubelet kubelet, int first) {
        for (int number = first; running.get(); number++) {
            var pod = Guarded.pod(number, number, Optional.empty());
            node.pods().add(pod);
            kubelet.makePod(pod);
            for (int round = 0; round < POD_EVERY; round++) {
                round(node, kubelet, pod, number);
            }
            node.pods().remove(pod);
            kubelet.removePod(pod);
        }
    }

    private void round(Guarded node, Kubelet kubelet, Pod pod, long writes) {
        var ids = new ArrayList<ContainerId>();
        for (int i = 0; i < CONTAINERS; i++) {
            var id = Kubelet.id(1000 + made.incrementAndGet());
            ids.add(id);
            there.put(kubelet.startAsItIs(pod, id), writes);
        }
        for (var id : ids) {
            var path = kubelet.path(pod, id);
            node.limit(path)
                    .filter(limit -> !limit.isUnlimited() && !limit.equals(Guarded.writes(writes)))
                    .ifPresent(limit -> note(path + " has " + limit));
            kubelet.stop(pod, id);
            there.remove(path);
        }
    }

    /** Writes another disk's limit into whatever there is, and reads it back. */
    private void write(Cgroups cgroups) {
        try (var driver = new IoMaxDriver(cgroups.fs())) {
            while (running.get()) {
                there.forEach((cgroup, writes) -> {
                    var result = driver.apply(cgroup, cgroups.otherDisk(), Guarded.writes(writes));
                    count(
                            result instanceof ApplyResult.Applied
                                    ? "applied"
                                    : result instanceof ApplyResult.Gone ? "gone" : result.toString());
                    var read = driver.read(cgroup);
                    if (read instanceof ReadResult.Found found) {
                        count("read");
                        var limit = found.limits().get(cgroups.otherDisk());
                        if (result instanceof ApplyResult.Applied
                                && !limit.equals(Guarded.writes(writes))
                                && !limit.equals(IoLimit.UNLIMITED)) {
                            note(cgroup + " reads back " + limit);
                        }
                    } else {
                        count(read instanceof ReadResult.Gone ? "read gone" : read.toString());
                    }
                });
            }
        }
    }

    private void count(String answer) {
        answers.merge(answer.replaceAll("/[^ ]*/", "…/"), 1, Integer::sum);
    }

    private synchronized void note(String what) {
        wrong.add(what);
    }

    private static long heap() {
        System.gc();
        System.gc();
        return java.lang.Runtime.getRuntime().totalMemory()
                - java.lang.Runtime.getRuntime().freeMemory();
    }
}
