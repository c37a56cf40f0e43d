/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.disks;

import static io.diskguard.e2e.scenarios.disks.Limits.limit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.diskguard.agent.escape.HostLimitEscapes;
import io.diskguard.device.DeviceResolver;
import io.diskguard.device.DiskResolution;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.e2e.scenarios.machine.Machine.Volume;
import io.diskguard.e2e.scenarios.machine.Meter;
import io.diskguard.e2e.scenarios.machine.Meter.Place;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.LimitKey;
import io.diskguard.spi.Environment;
import io.diskguard.spi.LimitEscapes.Asked;
import io.diskguard.spi.LimitEscapes.Cause;
import io.diskguard.spi.LimitEscapes.Escape;
import io.diskguard.spi.RuntimeResolver.Resolution;
import io.diskguard.testkit.Pods;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What a container leaves to the kernel to write: limited where the kernel charges it, and told where it does not. */
public final class BufferedWritesTest {
    private static final long BYTES = 24 << 20;
    private static final long PER_SECOND = 2 << 20;
    private static final Duration MOMENT = Duration.ofMillis(10);
    private static final Duration START = Duration.ofSeconds(1);
    /** In less, a single write of the kernel's would be too much of it. */
    private static final Duration LEAST_SEEN = Duration.ofSeconds(2);

    /** A root file system of its own, by which one sees that it is a container, and the volume in it. */
    private static final String ROOT =
            "mkdir -p /run/root; mount -t tmpfs tmpfs /run/root; cd /run/root; mkdir usr dev proc data old;"
                    + " ln -s usr/bin usr/lib usr/lib64 .; for place in usr dev proc; do mount --rbind /$place $place; done;"
                    + " mount --bind \"$0\" data; pivot_root . old; umount -l old; ";

    public BufferedWritesTest() {}

    @Test
    void writebackKeepsToTheLimitOfWhoWrote(TestReporter figures) throws IOException, InterruptedException {
        try (var loads = new Loads()) {
            var volume = loads.machine().volume("data");
            var other = loads.machine().volume("partition");
            var pod = loads.cgroups().newCgroup();
            var hidden = loads.cgroups().newChild(pod);
            loads.cgroups().write(pod, "cgroup.subtree_control", "-memory");

            var written = List.of(
                    new Written("buffered writes", loads, loads.cgroups().newCgroup(), volume),
                    // the io controller depends on memory: the kernel keeps counting its pages, and only shows no
                    // figures
                    new Written("without the memory controller", loads, hidden, other));
            assertThat(escapes(loads, hidden, other)).isEmpty();
            assertThat(escapes(loads, written.get(0).place.cgroup(), volume)).isEmpty();
            assertThat(written).extracting(one -> one.seconds).allSatisfy(seconds -> assertThat(seconds)
                    .as("seconds that write() took")
                    .isLessThan(BYTES / PER_SECOND / 4.0));

            for (var one : written) {
                one.sync();
            }
            Meter.pass(START);
            written.forEach(Written::look);
            while (written.stream().anyMatch(Written::isSyncing)) {
                Meter.pass(MOMENT);
                written.forEach(Written::look);
            }
            for (var one : written) {
                assertThat(one.seen())
                        .as("time in which " + one.what + " were seen")
                        .isGreaterThan(LEAST_SEEN);
                figures.publishEntry(one.what + ", wbps=" + PER_SECOND, one.toString());
                assertThat(one.rate() / PER_SECOND).as(one.what).isCloseTo(1, within(0.03));
                assertThat(one.last.bytes).isGreaterThanOrEqualTo(BYTES);
            }
        }
    }

    @Test
    void whatAFileSystemLeavesUnchargedGetsPastTheLimitAndThatIsTold(TestReporter figures)
            throws IOException, InterruptedException {
        try (var scratch = new Scratch(Machine.here().spare("other"), "mkfs.minix -3");
                var loads = new Loads()) {
            var volume = scratch.volume();
            var cgroup = loads.cgroups().newCgroup();
            var written = new Written("minix", loads, cgroup, volume);

            assertThat(escapes(loads, cgroup, volume)).singleElement().satisfies(escape -> {
                assertThat(escape.cause()).isEqualTo(Cause.NO_CGROUP_WRITEBACK);
                assertThat(escape.detail()).contains("no cgroup writeback (minix at /data)");
            });
            var began = System.nanoTime();
            assertThat(written.sync().waitFor()).isZero();
            var seconds = (System.nanoTime() - began) / 1e9 + written.seconds;
            written.look();
            figures.publishEntry(
                    "on minix, wbps=" + PER_SECOND,
                    String.format(
                            "%d MiB in %.1f s, of which the container is charged %d KiB",
                            BYTES >> 20, seconds, written.last.bytes >> 10));
            assertThat(seconds).isLessThan(BYTES / PER_SECOND / 2.0);
            assertThat(written.last.bytes).isLessThan(BYTES / 4);
        }
    }

    private record Reading(long nanos, long bytes) {}

    /** A container that wrote a file into the page cache, and what the kernel brought to the disk since. */
    private static final class Written {
        private final String what;
        private final Loads loads;
        private final Volume volume;
        private final Place place;
        private final double seconds;
        private Optional<Process> sync = Optional.empty();
        private Optional<Reading> first = Optional.empty();
        private Reading last = new Reading(0, 0);

        Written(String what, Loads loads, CgroupPath cgroup, Volume volume) throws IOException {
            this.what = what;
            this.loads = loads;
            this.volume = volume;
            this.place = loads.limited(cgroup, volume, limit(LimitKey.WBPS, PER_SECOND));
            this.seconds = write(loads, cgroup, volume);
        }

        /** By a process in no limited cgroup: the kernel's own threads write. */
        Process sync() throws IOException {
            var started = new ProcessBuilder("sync", "-f", volume.mount().toString())
                    .inheritIO()
                    .start();
            sync = Optional.of(started);
            return started;
        }

        boolean isSyncing() {
            return sync.filter(Process::isAlive).isPresent();
        }

        /** Remembers the moments of the first write and of the last that were seen to happen. */
        void look() {
            var bytes = new Meter(loads.cgroups())
                    .counters(place.cgroup(), place.disk())
                    .wbytes();
            if (bytes != last.bytes) {
                if (last.nanos != 0 && first.isEmpty()) {
                    first = Optional.of(new Reading(System.nanoTime(), bytes));
                }
                last = new Reading(System.nanoTime(), bytes);
            }
        }

        Duration seen() {
            return first.map(from -> Duration.ofNanos(last.nanos - from.nanos)).orElse(Duration.ZERO);
        }

        double rate() {
            return (last.bytes - first.orElseThrow().bytes) * 1e9 / seen().toNanos();
        }

        @Override
        public String toString() {
            return String.format(
                    "%.0f (%+.1f %%) over %.1f s; write() took %.2f s",
                    rate(), 100 * (rate() / PER_SECOND - 1), seen().toNanos() / 1e9, seconds);
        }
    }

    /** As a container, writes a file into the page cache and stays; returns the seconds that it took. */
    private static double write(Loads loads, CgroupPath cgroup, Volume volume) throws IOException {
        var file = loads.file(volume);
        var took = volume.mount().resolve(file.getFileName() + "-took");
        var inside = "read from x < /proc/uptime; dd if=/dev/zero of=\"$0\" bs=1M count=" + (BYTES >> 20)
                + " status=none; read to x < /proc/uptime; echo $from $to > \"$0-took\"; exec sleep 1000";
        loads.run(
                cgroup,
                "unshare",
                "--mount",
                "sh",
                "-ec",
                ROOT + "exec chroot . sh -c '" + inside + "' \"/data/$1\"",
                volume.mount().toString(),
                file.getFileName().toString());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(MOMENT)
                .until(() -> Files.exists(took) && Files.readString(took).endsWith("\n"));
        var times = Files.readString(took).strip().split(" ");
        Files.delete(took);
        return Double.parseDouble(times[1]) - Double.parseDouble(times[0]);
    }

    /** What the agent would say of it. */
    private static List<Escape> escapes(Loads loads, CgroupPath cgroup, Volume volume) {
        var found = new DeviceResolver(Machine.paths()).ofMount(volume.mount().toString());
        var disk = ((DiskResolution.Found) found).disks().get(0);
        var pod = Pods.pod("db").container("app").build();
        return HostLimitEscapes.of(Environment.system(), loads.driver(), id -> new Resolution.Unknown("none"))
                .of(new Asked(
                        pod,
                        pod.containers().get(0),
                        cgroup,
                        Map.of(disk, limit(LimitKey.WBPS, PER_SECOND)),
                        Set.of()));
    }
}
