/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.library;

import com.sun.management.ThreadMXBean;
import io.diskguard.DiskGuard;
import io.diskguard.agent.http.Health;
import io.diskguard.agent.metrics.AgentMetrics;
import io.diskguard.agent.view.NodeMemory;
import io.diskguard.agent.view.NodeView;
import io.diskguard.benchmarks.result.Budget;
import io.diskguard.benchmarks.result.Lines;
import io.diskguard.benchmarks.result.Sheet;
import io.diskguard.benchmarks.result.Statistics;
import io.diskguard.cgroup.signal.HostSignals;
import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.reload.ConfigStatus;
import io.diskguard.reload.Reload;
import io.diskguard.simulator.Load;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.smart.SmartKeeper;
import io.diskguard.spi.Ticker;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A scrape of {@code /metrics} where 1,000 containers are limited: how long it takes, and what it leaves to collect. */
final class ScrapeBenchmark {
    private static final int PODS = 250;
    private static final int A_POD = 4;
    private static final int WARM = Sheet.isQuick() ? 20 : 200;
    private static final int SCRAPES = Sheet.isQuick() ? 11 : 101;
    private static final Budget SCRAPE =
            new Budget("scrape", "a scrape of `/metrics`, 1,000 containers limited", "ms", 50, 20);
    private static final Budget ALLOCATED = new Budget("scrape", "what it allocates", "× its text", 6, 3);
    private static final DeviceId DISK = new DeviceId(259, 0);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private ScrapeBenchmark() {}

    /** Takes what is written and keeps only how much it was. */
    private static final class Counted extends OutputStream {
        private long bytes;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] some, int from, int length) {
            bytes += length;
        }
    }

    private record Fine() implements Health {
        @Override
        public Check liveness() {
            return new Check("loop", true, "turns");
        }

        @Override
        public List<Check> readiness() {
            return List.of(liveness());
        }
    }

    public static void main(String[] args) throws IOException {
        try (var sheet = new Sheet("Scrape");
                var node = SimulatedNode.v2()) {
            node.addDisk(SimulatedDisk.nvme("nvme0n1", DISK, "S1"));
            node.mount(SimulatedMount.of("/data", DISK, "ext4", "/dev/nvme0n1"));
            for (var pod = 0; pod < PODS; pod++) {
                run(node, pod);
            }
            var memory = new NodeMemory(node.environment(), node.pods(), HostSignals.of(node.environment()));
            var metrics = new AgentMetrics(Ticker.system(), "2");
            var driver = node.driver();
            var guard = DiskGuard.builder()
                    .environment(node.environment())
                    .config(GuardConfig.defaults().toBuilder()
                            .stateDir(node.environment().paths().proc().resolveSibling("state"))
                            .build())
                    .driver(driver)
                    .pods(node.pods())
                    .podCgroups(node.podCgroups())
                    .stats(node.stats())
                    .smart(SmartKeeper::of)
                    .listener(memory);
            metrics.listeners().forEach(guard::listener);
            try (driver;
                    var running = guard.build()) {
                for (var minute = 0; minute < 3; minute++) {
                    running.turn();
                    node.advance(MINUTE);
                    running.turn();
                }
                measure(sheet, new NodeView(memory, running), metrics);
            }
        }
    }

    private static void run(SimulatedNode node, int number) {
        var containers = new ArrayList<Container>();
        for (var i = 0; i < A_POD; i++) {
            var id = new ContainerId("containerd", String.format("%032x%032x", number, i));
            containers.add(new Container(
                    "container-" + i, "registry.example/app:1", ContainerKind.MAIN, Optional.of(id), List.of()));
            node.load(id, Load.writing(DISK, 10 + i, 4096));
        }
        node.changePod(new Pod(
                "uid-" + number,
                "namespace-" + number % 20,
                "deployment-6d4f7b9c5d-" + number,
                QosClass.BURSTABLE,
                Map.of(),
                Map.of("iops-limit/bps", "10Mi"),
                containers));
    }

    private static void measure(Sheet sheet, NodeView view, AgentMetrics metrics) throws IOException {
        var valid = (ConfigResult.Valid) ConfigLoader.load(List.of());
        var at = Instant.EPOCH;
        var begun = new Reload(
                0, at, List.of(), Reload.Result.APPLIED, List.of(), List.of(), 0, "", List.of(), Duration.ZERO);
        var status = new ConfigStatus(valid, at, begun, List.of());
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var ticker = Ticker.system();
        var millis = new double[SCRAPES];
        var processor = new double[SCRAPES];
        var allocated = new double[SCRAPES];
        var written = 0L;
        var first = 0.0;
        for (var i = -WARM; i < SCRAPES; i++) {
            var bytes = threads.getCurrentThreadAllocatedBytes();
            var busy = threads.getCurrentThreadCpuTime();
            var start = ticker.nanos();
            var out = new Counted();
            metrics.page(new AgentMetrics.Now(new Fine(), status, view.containers(), view.disks(), view.waiting()), "")
                    .body()
                    .writeTo(out);
            var took = (ticker.nanos() - start) / 1e6;
            if (i == -WARM) {
                first = took;
            }
            if (i >= 0) {
                millis[i] = took;
                processor[i] = (threads.getCurrentThreadCpuTime() - busy) / 1e6;
                allocated[i] = threads.getCurrentThreadAllocatedBytes() - bytes;
            }
            written = out.bytes;
        }
        double text = written;
        if (view.containers().stream()
                        .filter(container -> container.isLimited())
                        .count()
                != PODS * A_POD) {
            throw new IllegalStateException("not all are limited");
        }
        Lines.print(
                "%d containers, all limited: %.0f kB of text; the first scrape %.0f ms, then %.1f ms, p99 %.1f; of the"
                        + " processor %.1f ms; %.0f kB allocated, %.1f times the text; in %d scrapes",
                PODS * A_POD,
                written / 1e3,
                first,
                Statistics.median(millis),
                Statistics.percentile(millis, 0.99),
                Statistics.median(processor),
                Statistics.median(allocated) / 1e3,
                Statistics.median(allocated) / written,
                SCRAPES);
        sheet.measured(SCRAPE, millis);
        sheet.measured(
                ALLOCATED, Arrays.stream(allocated).map(bytes -> bytes / text).toArray());
    }
}
