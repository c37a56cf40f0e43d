/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoPressure;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
    private static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Environment WORLD =
            new Environment(HostPaths.host(), Clock.fixed(STARTED, ZoneOffset.UTC), () -> 7, Map.of());
    private static final Entry.Head HEAD = new Entry.Head("node-1", STARTED);
    private static final Disk DISK = new Disk(new DeviceId(259, 0), "nvme0n1");
    private static final Disk OTHER = new Disk(new DeviceId(8, 16), "sdb");
    private static final Pod DB = pod("db", Map.of("iops-limit/write-iops", "\"100\"\n"));
    private static final Pod WEB = pod("web", Map.of());

    @TempDir
    private Path directory;

    @Test
    void whatWasRecordedIsReadAgain() throws IOException {
        var activity = new DiskActivity(1, 2, 3, 4, 5, 6, 7, 8, -9);
        var share = new IoPressure.Share(0.5, 12.25, 3, 77);
        var first = new Round(
                new Moment(60_000_000_123L, STARTED.plusNanos(60_000_000_123L)),
                List.of(
                        sample(DB, "a", 10, Optional.empty()),
                        sample(WEB, "b", 20, Optional.of(new IoPressure(share, share)))),
                Set.of(new ContainerKey("uid-db", "init")),
                Map.of(DISK.id(), activity));
        var second = round(2, sample(DB, "a", 10, Optional.empty()));
        var third = round(3, sample(DB, "c", 1, Optional.empty()), sample(WEB, "b", 20, Optional.empty()));

        write(first, second, third);

        assertThat(read(file()))
                .containsExactly(
                        HEAD,
                        seen(DB),
                        seen(WEB),
                        sampling(first),
                        new Entry.Sampling(second, Set.of(new ContainerKey("uid-web", "main")), Map.of()),
                        sampling(third));
    }

    @Test
    void aPodThatChangedIsToldAnew() throws IOException {
        var changed = pod("db", Map.of("iops-limit/removed", "true"));
        try (var writer = open(TraceWriter.ROTATE_AT)) {
            writer.sampled(round(1, sample(DB, "a", 1, Optional.empty())), List.of(watched(DB)));
            writer.sampled(round(2, sample(DB, "a", 2, Optional.empty())), List.of(watched(changed)));
        }
        assertThat(read(file())).filteredOn(Entry.PodSeen.class::isInstance).containsExactly(seen(DB), seen(changed));
    }

    @Test
    void aContainerThatDoesNothingCostsAFewBytes() throws IOException {
        write(round(1, sample(DB, "a", 1, Optional.empty())), round(2, sample(DB, "a", 1, Optional.empty())));
        assertThat(Files.readAllLines(file())).last().asString().contains("\"s\":[[0,-60000000000]]");
    }

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        write(round(1));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        write(round(2));
        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aLastLineThatAKilledAgentCutIsLeftOut() throws IOException {
        write(round(1), round(2, sample(DB, "a", 1, Optional.empty())));
        var bytes = Files.readAllBytes(file());
        for (var length = Line.BEGINNING.length() + 100; length < bytes.length; length++) {
            var cut = new ByteArrayInputStream(bytes, 0, length);
            try (var reader = TraceReader.of("cut", cut)) {
                var entry = reader.next();
                while (entry.isPresent()) {
                    entry = reader.next();
                }
                var isBetweenLines = bytes[length - 1] == '\n' || bytes[length] == '\n';
                assertThat(reader.isCut()).isEqualTo(!isBetweenLines);
            }
        }
    }

    @Test
    void anAgentThatStartsAgainGoesOnBehindTheLastWholeLine() throws IOException {
        write(round(1));
        Files.writeString(file(), Files.readString(file()) + "{\"t\":\"r\",\"at\":\"2026-");
        write(round(2));
        assertThat(read(file())).containsExactly(HEAD, sampling(round(1)), HEAD, sampling(round(2)));
    }

    @Test
    void aFileThatIsNoTraceIsLeftAlone() throws IOException {
        Files.writeString(file(), "root:x:0:0\n");
        assertThatThrownBy(() -> open(100)).isInstanceOf(TraceException.class).hasMessageContaining("is no trace");
        assertThat(file()).hasContent("root:x:0:0");
        var link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("target"));
        assertThatThrownBy(() -> TraceWriter.open(link, "node-1", WORLD, Thread::new))
                .hasMessageContaining("no regular file");
    }

    @Test
    void twoCannotRecordInOneFile() throws IOException {
        try (var first = open(100)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> open(100)).hasMessageContaining("another process");
        }
    }

    @Test
    void eachFileStandsForItself() throws IOException {
        try (var writer = open(1)) {
            for (var i = 1; i <= 3; i++) {
                writer.sampled(round(i, sample(DB, "a", 1, Optional.empty())), List.of(watched(DB)));
            }
        }
        for (var each : List.of(file(), directory.resolve("trace.1"))) {
            assertThat(read(each)).hasSize(3).startsWith(HEAD, seen(DB));
        }
        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aDiskThatIsTooSlowCostsRoundsAndTheTraceSaysSo() throws Exception {
        var wait = new CountDownLatch(1);
        try (var writer = TraceWriter.open(
                file(),
                "node-1",
                WORLD,
                task -> new Thread(() -> {
                    await(wait);
                    task.run();
                }))) {
            for (var i = 1; i <= 20; i++) {
                writer.sampled(round(i), List.of());
            }
            wait.countDown();
        }
        var entries = read(file());
        assertThat(entries).filteredOn(Entry.Sampling.class::isInstance).hasSize(8);
        assertThat(entries).contains(new Entry.Gap(round(1).at().instant(), 12));
    }

    @Test
    void packedTracesAreReadEvenIfCut() throws IOException {
        write(round(1), round(2));
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(Files.readAllBytes(file()));
        }
        var gz = Files.write(directory.resolve("trace.gz"), packed.toByteArray());
        assertThat(read(gz)).isEqualTo(read(file()));
        Files.write(gz, java.util.Arrays.copyOf(packed.toByteArray(), packed.size() - 12));
        assertThat(read(gz)).startsWith(HEAD);
    }

    @Test
    void aPackedTraceIsReadFromAPipe() throws Exception {
        write(round(1), round(2));
        var pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        var writer = new Thread(() -> {
            try (var gzip = new GZIPOutputStream(new FileOutputStream(pipe.toFile()))) {
                gzip.write(Files.readAllBytes(file()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        assertThat(read(pipe)).isEqualTo(read(file()));
        writer.join();
    }

    @Test
    void aTraceThatCannotBeMadeSaysWhy() {
        var nowhere = directory.resolve("none").resolve("trace");
        assertThatThrownBy(() -> TraceWriter.open(nowhere, "node-1", WORLD, Thread::new))
                .isInstanceOf(TraceException.class)
                .hasMessage(nowhere + ": there is no such directory");
    }

    @Test
    void aLineThatIsNoneIsNamed() {
        var head = "{\"t\":\"head\",\"v\":1,\"node\":\"\",\"started\":\"2026-01-01T00:00:00Z\"}\n";
        assertWrong("", "it is empty");
        assertWrong("hello\n", "line 1: expected a JSON object");
        assertWrong("{\"t\":\"r\"}\n", "line 1: expected \"t\":\"head\" first");
        assertWrong(head.replace("\"v\":1", "\"v\":2"), "line 1: expected \"v\":1");
        assertWrong(head + "{\"t\":\"x\"}\n", "line 2: expected \"t\" one of");
        assertWrong(head + "{} {}\n", "line 2: expected a JSON object");
        for (var at : List.of("noon", "+1000000000-12-31T23:59:59Z", "-0001-01-01T00:00:00Z")) {
            assertWrong(head + "{\"t\":\"r\",\"at\":\"" + at + "\",\"n\":1}\n", "line 2: expected \"at\" with a time");
        }
        assertWrong(
                head + "{\"t\":\"gap\",\"at\":\"2026-01-01T00:00:00Z\",\"n\":-5}\n",
                "line 2: expected \"n\" with a whole number");
        assertWrong(
                head + "{\"t\":\"r\",\"at\":\"2026-01-01T00:00:00Z\",\"n\":1,\"s\":[[0,1]]}\n",
                "line 2: expected a container that a line before told");
        assertWrong(head + "{\"t\":\"disk\",\"i\":0,\"dev\":\"99999:0\",\"name\":\"sda\"}\n", "MAJ:MIN");
        assertWrong(
                head + "{\"t\":\"disk\",\"i\":0,\"dev\":\"8:0\",\"name\":\"sda\\u001b[2J\"}\n",
                "line 2: expected \"name\" with a disk's name");
        assertWrong(head + " ".repeat(Line.LONGEST + 1), "line 2: expected at most");
    }

    private static void assertWrong(String text, String message) {
        assertThatThrownBy(() -> {
                    var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
                    try (var reader = TraceReader.of("trace", bytes)) {
                        while (reader.next().isPresent()) {
                            // The next.
                        }
                    }
                })
                .isInstanceOf(TraceException.class)
                .hasMessageStartingWith("trace: ")
                .hasMessageContaining(message);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path file() {
        return directory.resolve("trace");
    }

    private TraceWriter open(long rotateAt) throws IOException {
        return TraceWriter.open(file(), "node-1", WORLD, Thread::new, rotateAt);
    }

    private void write(Round... rounds) throws IOException {
        try (var writer = open(TraceWriter.ROTATE_AT)) {
            for (var round : rounds) {
                writer.sampled(round, round.samples().isEmpty() ? List.of() : List.of(watched(DB), watched(WEB)));
            }
        }
    }

    private static List<Entry> read(Path file) throws IOException {
        var entries = new ArrayList<Entry>();
        try (var reader = TraceReader.open(file)) {
            for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                entries.add(entry.get());
            }
        }
        return entries;
    }

    private static Round round(int minute, Round.Sampled... samples) {
        var at = new Moment(minute * 60_000_000_000L, STARTED.plusSeconds(minute * 60));
        return new Round(at, List.of(samples), Set.of(), Map.of());
    }

    /** Read at the first minute whatever the round is: only that counters stay the same is of interest. */
    private static Round.Sampled sample(Pod pod, String id, long ios, Optional<IoPressure> pressure) {
        var counters = Map.of(DISK, new IoCounters(1, 2, ios, 3), OTHER, new IoCounters(0, 0, 0, Long.MAX_VALUE));
        return new Round.Sampled(
                new ContainerKey(pod.uid(), "main"), id, "io-stat", 60_000_000_000L, counters, pressure);
    }

    private static Watched watched(Pod pod) {
        return new Watched(pod, pod.containers().get(0), CgroupPath.ROOT, List.of(DiskUse.guarded(DISK)));
    }

    private static Entry sampling(Round round) {
        return new Entry.Sampling(round, Set.of(), Map.of());
    }

    private static Entry seen(Pod pod) {
        return new Entry.PodSeen(pod, Optional.empty());
    }

    private static Pod pod(String name, Map<String, String> annotations) {
        var container = new Container(
                "main",
                "registry.example/" + name + ":1",
                ContainerKind.MAIN,
                Optional.of(new ContainerId("docker", "a1")));
        var labels = Map.of("app", name);
        return new Pod("uid-" + name, "shop", name, QosClass.BURSTABLE, labels, annotations, List.of(container));
    }
}
