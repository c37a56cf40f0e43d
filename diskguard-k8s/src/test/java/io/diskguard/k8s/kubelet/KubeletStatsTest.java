/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.IoCounters;
import io.diskguard.simulator.ManualClock;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.IoStatsSource.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeletStatsTest {
    private static final String APP = "a172cedcae47474b615c54d510a5d84a8dea3032e958587430b413538be3f333";
    private static final String APP_OF_SHOP = "d5856351bbc14599e687dac105150e8a919b21477f3c00386405228caac1e43a";
    private static final String SIDE = "ea7bf4bb723041e7d63fe6c74dc46c048c617eb49a454a1cd6edbf34d05a418e";
    private static final String IDLE = "4fb62348858c2f6fbd6db27fa4c11edd8559119869d1034e2bd3390fd92b1a04";
    private static final String PAUSE = "6210c0bf05396716df932f0729df69de0533933e5ad9871fd07b61811c4c28df";
    private static final String BURSTABLE = "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod";
    private static final String WEB = BURSTABLE + "11111111_1111_1111_1111_111111111111.slice";
    private static final String SHOP = BURSTABLE + "22222222_2222_2222_2222_222222222222.slice";
    private static final Duration KEEP = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private Kubelets kubelets;
    private Environment environment;
    private KubeletStats stats;

    @BeforeEach
    void open() {
        kubelets = new Kubelets(directory);
        var paths = new HostPaths(directory, directory.resolve("sysfs"), directory);
        environment = new Environment(paths, clock, clock, Map.of());
        stats = new KubeletStats(kubelets.client, environment, KEEP, Runnable::run);
        answer("v2-systemd");
    }

    @AfterEach
    void close() {
        stats.close();
        kubelets.close();
    }

    @Test
    void aContainersDisksAreKeptApartAndNumbered() {
        assertThat(systemd(WEB, APP).disks())
                .isEqualTo(Map.of(
                        "8:0", new IoCounters(26439680, 40960000, 2929, 10000),
                        "259:0", new IoCounters(8192, 4096, 2, 1),
                        "253:0", new IoCounters(12288, 0, 3, 0)));
    }

    @Test
    void aDeviceThatCadvisorHasNoNameForIsNotCounted() {
        assertThat(systemd(WEB, APP).disks()).doesNotContainKey("11:0");
    }

    @Test
    void twoContainersOfOneNameInTwoPodsAreToldApart() {
        assertThat(systemd(WEB, APP).disks().get("8:0").rios()).isEqualTo(2929);
        assertThat(systemd(SHOP, APP_OF_SHOP).disks().get("8:0").rios()).isEqualTo(3);
    }

    @Test
    void podsAndSandboxesAreNotMixedWithContainers() {
        assertThat(systemd(WEB, SIDE).disks()).isEqualTo(Map.of("8:0", new IoCounters(0, 40960, 0, 10)));
        assertThat(systemd(WEB, PAUSE).disks()).isEqualTo(Map.of("8:0", new IoCounters(77777, 0, 7, 0)));
        assertThat(Sampled.of(stats, WEB).disks()).isEqualTo(Map.of("8:0", new IoCounters(999999, 999999, 999, 999)));
    }

    @Test
    void aContainerThatDidNoIoIsCountedAndHasNone() {
        var idle = systemd(SHOP, IDLE);

        assertThat(idle.sample()).isInstanceOf(Sample.Counted.class);
        assertThat(idle.disks()).isEmpty();
    }

    @Test
    void cgroupfsPathsOfCgroupV1AreUnderstood() {
        answer("v1-cgroupfs");
        var pod = "/kubepods/burstable/pod11111111-1111-1111-1111-111111111111";

        assertThat(Sampled.of(stats, pod + "/" + APP).disks())
                .isEqualTo(Map.of(
                        "8:0", new IoCounters(26439680, 40960000, 2929, 10000),
                        "8:16", new IoCounters(512, 1024, 1, 2)));
    }

    @Test
    void aContainerIsFoundByItsIdHoweverItsPathIsSpelled() {
        for (var path : List.of(
                "/kubelet/kubepods/pod1/" + APP,
                "/docker/0123/kubelet.slice" + WEB + "/cri-containerd-" + APP + ".scope",
                "/x/crio-" + APP + ".scope",
                "/x/docker-" + APP + ".scope")) {
            assertThat(Sampled.of(stats, path).disks()).as(path).hasSize(3);
        }
        for (var path : List.of(
                "/x/crio-conmon-" + APP + ".scope",
                "/x/cri-containerd-" + APP + ".scope/init",
                "/x/cri-containerd-" + APP,
                "/x/" + APP + ".scope",
                "/x/0" + APP,
                "/x/" + APP.substring(1))) {
            assertThat(Sampled.of(stats, path).sample()).as(path).isInstanceOf(Sample.Unavailable.class);
        }
    }

    @Test
    void escapesInPathsAreUndone() {
        assertThat(Sampled.of(stats, "/system.slice/system-serial\\x2dgetty.slice")
                        .disks())
                .isEqualTo(Map.of("8:0", new IoCounters(4096, 0, 1, 0)));
    }

    @Test
    void oneScrapeServesAllContainers() {
        for (var id : List.of(APP, SIDE, PAUSE, "0".repeat(64))) {
            systemd(WEB, id);
        }
        clock.advance(KEEP.minusMillis(1));
        systemd(WEB, APP);
        assertThat(kubelets.server.asked).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        systemd(WEB, APP);
        systemd(WEB, SIDE);

        assertThat(kubelets.server.asked).hasSize(2);
    }

    @Test
    void theSummaryIsNeverAsked() {
        systemd(WEB, APP);

        assertThat(kubelets.server.asked).extracting(FakeKubelet.Asked::path).containsExactly("/metrics/cadvisor");
    }

    @Test
    void countersSayHowLongAgoTheyWereRead() {
        assertThat(systemd(WEB, APP).sample()).isEqualTo(new Sample.Counted(Duration.ofSeconds(10)));
        assertThat(systemd(WEB, SIDE).sample()).isEqualTo(new Sample.Counted(Duration.ofSeconds(20)));
        clock.advance(Duration.ofSeconds(5));

        assertThat(systemd(WEB, APP).sample()).isEqualTo(new Sample.Counted(Duration.ofSeconds(15)));
    }

    @Test
    void aTimeFromTheFutureIsNow() {
        answer(counted("container_fs_reads_total", 1, String.valueOf(ManualClock.START.toEpochMilli() + 5000)));

        assertThat(systemd(WEB, APP).sample()).isEqualTo(new Sample.Counted());
    }

    @Test
    void countersThatGrewStaleAreUnavailable() {
        clock.advance(Duration.ofMinutes(2));

        assertThat(systemd(WEB, APP).reason()).contains("130 s old");
    }

    @Test
    void aContainerThatIsNotSeenIsUnavailableAndNotGone() {
        assertThat(systemd(WEB, "0".repeat(64)).reason()).contains("or not yet");
    }

    @Test
    void aFailedScrapeIsUnavailableForAllUntilTheNextRound() {
        kubelets.server.answer("/metrics/cadvisor", 403, "Forbidden");
        assertThat(systemd(WEB, APP).reason()).contains("403", "nodes/metrics");
        answer("v2-systemd");
        assertThat(systemd(WEB, SIDE).reason()).contains("403");
        assertThat(kubelets.server.asked).hasSize(1);
        clock.advance(KEEP);

        assertThat(systemd(WEB, APP).disks()).hasSize(3);
    }

    @Test
    void halfAnAnswerIsNone() {
        var text = read("v2-systemd");
        kubelets.server.cutOff("/metrics/cadvisor", text.substring(0, text.length() / 2));
        assertThat(systemd(WEB, APP).reason()).contains("broke off");
        clock.advance(KEEP);
        kubelets.server.answer("/metrics/cadvisor", 200, text.substring(0, text.length() - 1));

        assertThat(systemd(WEB, APP).reason()).contains("broke off");
    }

    @Test
    void anAnswerWithoutDiskIoIsUnavailable() {
        for (var text : List.of(
                "",
                "<html>\n</html>\n",
                "container_last_seen{id=\"" + WEB + "/cri-containerd-" + APP + ".scope\"} 1\n",
                "{\"pods\": []}\n")) {
            kubelets.server.answer("/metrics/cadvisor", 200, text);
            clock.advance(KEEP);
            assertThat(systemd(WEB, APP).reason()).as(text).contains("tells no disk IO");
        }
    }

    @Test
    void withoutNumbersTheNamesOfDevicesAreLookedUp() throws IOException {
        var blocks = directory.resolve("sysfs/class/block");
        Files.createDirectories(blocks.resolve("sda"));
        Files.writeString(blocks.resolve("sda/dev"), "8:0\n");
        Files.createDirectories(blocks.resolve("dm-3/dm"));
        Files.writeString(blocks.resolve("dm-3/dev"), "253:3\n");
        Files.writeString(blocks.resolve("dm-3/dm/name"), "vg-data\n");
        answer(of("/dev/sda", 1) + of("/dev/mapper/vg-data", 2) + of("/dev/sdz", 3) + of("tmpfs", 4));

        assertThat(systemd(WEB, APP).disks())
                .isEqualTo(Map.of("8:0", new IoCounters(1, 1, 1, 1), "253:3", new IoCounters(2, 2, 2, 2)));
    }

    @Test
    void twoNamesOfOneDiskAreOneDisk() {
        var number = "container_blkio_device_usage_total{device=\"%s\",id=\"" + WEB + "/" + APP
                + "\",major=\"253\",minor=\"0\",operation=\"Read\"} 0\n";
        answer(of("/dev/dm-0", 7)
                + of("/dev/mapper/x", 9)
                + number.formatted("/dev/dm-0")
                + number.formatted("/dev/mapper/x"));

        assertThat(systemd(WEB, APP).disks()).isEqualTo(Map.of("253:0", new IoCounters(9, 9, 9, 9)));
    }

    @Test
    void aDiskOfWhichNotAllFourNumbersAreToldIsAbsent() {
        answer(
                of("/dev/sda", 1)
                        .replace("container_fs_writes_total", "container_fs_writes_merged_total")
                        .concat(
                                "container_blkio_device_usage_total{device=\"/dev/sda\",id=\"/\",major=\"8\",minor=\"0\"} 0\n"));

        var sampled = systemd(WEB, APP);
        assertThat(sampled.sample()).isInstanceOf(Sample.Counted.class);
        assertThat(sampled.disks()).isEmpty();
    }

    @Test
    void aKubeletThatHangsHoldsUpNoSample() throws InterruptedException {
        var later = new LinkedBlockingQueue<Runnable>();
        stats = new KubeletStats(kubelets.client, environment, KEEP, later::add);
        assertThat(systemd(WEB, APP).reason()).contains("not heard yet");
        assertThat(systemd(WEB, SIDE).reason()).contains("not heard yet");
        later.take().run();
        assertThat(systemd(WEB, APP).sample()).isEqualTo(new Sample.Counted(Duration.ofSeconds(10)));

        kubelets.server.hang("/metrics/cadvisor");
        for (var round = 1; round <= 3; round++) {
            clock.advance(KEEP);
            assertThat(systemd(WEB, APP).sample())
                    .isEqualTo(new Sample.Counted(Duration.ofSeconds(10).plus(KEEP.multipliedBy(round))));
        }
        assertThat(later).as("one request at a time").hasSize(1);
        clock.advance(KEEP.multipliedBy(4));
        assertThat(systemd(WEB, APP).reason()).contains("220 s old");
    }

    @Test
    void whatIsHeardInTheBackgroundAnswersTheNextSample() throws InterruptedException {
        var hung = new CountDownLatch(1);
        kubelets.server.answer("/metrics/cadvisor", exchange -> {
            hung.countDown();
            FakeKubelet.send(exchange, 200, read("v2-systemd").getBytes(StandardCharsets.UTF_8));
        });
        var done = new CountDownLatch(1);
        var threads = Executors.newSingleThreadExecutor();
        stats = new KubeletStats(
                kubelets.client,
                environment,
                KEEP,
                task -> threads.execute(() -> {
                    task.run();
                    done.countDown();
                }));
        try {
            systemd(WEB, APP);
            assertThat(hung.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(systemd(WEB, APP).disks()).hasSize(3);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closingEndsTheRequestUnderWay() throws InterruptedException {
        kubelets.server.hang("/metrics/cadvisor");
        var threads = Executors.newSingleThreadExecutor();
        stats = new KubeletStats(kubelets.client, environment, KEEP, threads);
        systemd(WEB, APP);

        stats.close();

        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingTwiceIsFineAndNothingIsAskedAfterIt() {
        stats.close();
        stats.close();

        assertThat(systemd(WEB, APP).reason()).contains("closed");
        assertThat(kubelets.server.asked).isEmpty();
    }

    private Sampled systemd(String pod, String id) {
        return Sampled.of(stats, pod + "/cri-containerd-" + id + ".scope");
    }

    private static String of(String device, long value) {
        var rows = new StringBuilder();
        for (var metric : List.of("reads_total", "writes_total", "reads_bytes_total", "writes_bytes_total")) {
            rows.append("container_fs_")
                    .append(metric)
                    .append("{device=\"" + device + "\",id=\"" + WEB + "/" + APP + "\"} " + value + "\n");
        }
        return rows.toString();
    }

    private static String counted(String metric, long value, String time) {
        return metric + "{device=\"/dev/sda\",id=\"" + WEB + "/" + APP + "\"} " + value + " " + time + "\n";
    }

    private void answer(String text) {
        kubelets.server.answer("/metrics/cadvisor", 200, text.endsWith("\n") ? text : read(text));
    }

    static String read(String name) {
        try (var in = KubeletStatsTest.class.getResourceAsStream("/kubelet/" + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
