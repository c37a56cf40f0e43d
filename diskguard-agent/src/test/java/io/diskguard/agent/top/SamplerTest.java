/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.DiskGuard;
import io.diskguard.agent.node.NodeWatch;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.ContainerId;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoPressure;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.Rate;
import io.diskguard.reconcile.Explanation;
import io.diskguard.simulator.Load;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.IoSignals;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.testkit.Pods;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplerTest {
    private static final DeviceId DATA = new DeviceId(259, 0);
    private static final ContainerId DB = Pods.idOf("db", "app");
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    @TempDir
    private Path directory;

    private final SimulatedNode node = SimulatedNode.v2();
    private DiskGuard guard;
    private Sampler sampler;
    private int explained;

    @BeforeEach
    void guardTheNode() {
        node.addDisk(SimulatedDisk.nvme("nvme0n1", DATA, "S1"));
        node.mount(SimulatedMount.of("/data", DATA, "ext4", "/dev/nvme0n1"));
        guard = DiskGuard.builder()
                .environment(node.environment())
                .config(GuardConfig.defaults().toBuilder().stateDir(directory).build())
                .driver(node.driver())
                .pods(node.pods())
                .podCgroups(node.podCgroups())
                .build();
        sampler = new Sampler(watch(Duration.ZERO), INTERVAL);
        node.addPod(Pods.pod("db")
                .annotation("iops-limit/write-iops", "200")
                .container("app")
                .build());
        guard.turn();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aThrottledContainerIsShownAtItsLimit() {
        node.load(DB, Load.writing(DATA, 1000, 4096));
        assertThat(only(sampler.read()).rates()).isEmpty();
        node.advance(INTERVAL);
        var row = only(sampler.read());
        assertThat(row.rate(LimitKey.WIOPS).orElseThrow()).isCloseTo(200, within(1.0));
        assertThat(row.rate(LimitKey.WBPS).orElseThrow()).isCloseTo(200 * 4096, within(4096.0));
        assertThat(row.atLimit()).containsExactly(LimitKey.WIOPS);
        assertThat(row.source(LimitKey.WIOPS)).contains(Source.ANNOTATION);
        assertThat(row.source(LimitKey.RIOPS)).contains(Source.DEFAULT);
        assertThat(row.source(LimitKey.RBPS)).contains(Source.NONE);
    }

    @Test
    void aLimitOfSomebodyElseAndOneThatIsOutOfDateAreToldApart() {
        node.changePod(Pods.pod("db")
                .annotation("iops-limit/write-iops", "300")
                .container("app")
                .build());
        var row = only(sampler.read());
        assertThat(row.source(LimitKey.WIOPS)).contains(Source.FORMER);
        assertThat(row.source(LimitKey.RIOPS)).contains(Source.DEFAULT);
        var cgroup = node.cgroupOf(DB).orElseThrow();
        node.driver().apply(cgroup, DATA, IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(7)));
        row = only(sampler.read());
        assertThat(row.kernel().orElseThrow().wiops()).isEqualTo(Rate.perSecond(7));
        assertThat(row.source(LimitKey.WIOPS)).contains(Source.FOREIGN);
        assertThat(row.source(LimitKey.RIOPS)).contains(Source.NONE);
    }

    @Test
    void podsThatComeAndGoAreFollowed() {
        sampler.read();
        node.addPod(Pods.pod("web").container("app").build());
        assertThat(sampler.read().rows()).extracting(Row::pod).containsExactlyInAnyOrder("db", "web");
        node.removePod(Pods.pod("db").build().uid());
        var reading = sampler.read();
        assertThat(reading.rows()).extracting(Row::pod).containsExactly("web");
        assertThat(reading.pods()).isEqualTo(1);
    }

    @Test
    void aLookCostsNoMoreOnANodeWithManyPods() {
        for (var i = 0; i < 50; i++) {
            node.addPod(Pods.pod("web-" + i).container("app").build());
        }
        sampler = new Sampler(watch(Duration.ofMillis(20)), INTERVAL);
        assertThat(sampler.read().rows()).hasSize(51);
        for (var i = 0; i < 5; i++) {
            explained = 0;
            assertThat(sampler.read().rows()).hasSize(51);
            assertThat(explained).as("of 200 ms with 20 ms each").isEqualTo(10);
        }
    }

    @Test
    void whatIsSeenIsJsonOfTheWordsOfTheKernel() throws Exception {
        node.load(DB, Load.writing(DATA, 1000, 4096));
        sampler.read();
        node.advance(INTERVAL);
        var json = new ObjectMapper().readTree(JsonLine.of(sampler.read(), row -> true));
        var disk = json.at("/containers/0/disks/0");
        assertThat(json.at("/containers/0/pod_name").asText()).isEqualTo("db");
        assertThat(disk.at("/device").asText()).isEqualTo("nvme0n1");
        assertThat(disk.at("/limit/wiops").asLong()).isEqualTo(200);
        assertThat(disk.at("/limit/wbps").asText()).isEqualTo("max");
        assertThat(disk.at("/origins/wiops").asText()).isEqualTo("annotation iops-limit/write-iops");
        assertThat(disk.at("/rates/wiops").asDouble()).isCloseTo(200, within(1.0));
        assertThat(disk.at("/counters/wiops").asLong()).isPositive();
        assertThat(disk.at("/at_limit/0").asText()).isEqualTo("wiops");
        assertThat(json.at("/disks/0/limited/containers").asLong()).isEqualTo(1);
        assertThat(json.at("/interval_seconds").asDouble()).isEqualTo(2);
    }

    @Test
    void aDiskThatIsGoneIsNoTroubleAnyMore() {
        var disks = new ArrayList<>(List.of(new Disk(new DeviceId(8, 16), "sdb")));
        var here = new Sampler(watch(() -> List.copyOf(disks), new Uncounted(), pod -> Optional.empty()), INTERVAL);
        assertThat(here.read().troubles()).singleElement().asString().contains("sdb", "iostats is 0");

        disks.clear();

        assertThat(here.read().troubles()).isEmpty();
    }

    private static Row only(Reading reading) {
        assertThat(reading.rows()).hasSize(1);
        return reading.rows().get(0);
    }

    /** @param each what explaining a pod takes */
    private NodeWatch watch(Duration each) {
        return watch(() -> List.of(new Disk(DATA, "nvme0n1")), node.stats(), pod -> {
            explained++;
            node.advance(each);
            return guard.explain(pod.namespace(), pod.name());
        });
    }

    private NodeWatch watch(
            Supplier<List<Disk>> disks, IoStatsSource stats, Function<Pod, Optional<Explanation>> explain) {
        return new NodeWatch(
                Optional.of("node-1"),
                node.pods(),
                Optional::empty,
                disks,
                explain,
                node.driver()::read,
                stats,
                new NoSignals(),
                node.environment(),
                () -> {});
    }

    private static final class Uncounted implements IoStatsSource {
        @Override
        public Counting counting(DeviceId disk) {
            return new Counting.Off("iostats is 0");
        }

        @Override
        public Sample sample(io.diskguard.model.CgroupPath cgroup, Sink sink) {
            return Sample.GONE;
        }

        @Override
        public void close() {}
    }

    private static final class NoSignals implements IoSignals {
        @Override
        public Signal<IoPressure> ofCgroup(io.diskguard.model.CgroupPath cgroup) {
            return new Signal.Unavailable<>("none");
        }

        @Override
        public Signal<IoPressure> ofNode() {
            return new Signal.Unavailable<>("none");
        }

        @Override
        public Signal<DiskActivity> activity(DeviceId disk) {
            return new Signal.Unavailable<>("none");
        }
    }
}
