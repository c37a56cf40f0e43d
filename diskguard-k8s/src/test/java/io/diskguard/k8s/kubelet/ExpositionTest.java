/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.diskguard.model.DeviceId;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {
    private static final String ID = "a172cedcae47474b615c54d510a5d84a8dea3032e958587430b413538be3f333";
    private static final String LABELS = "{device=\"/dev/sda\",id=\"/" + ID + "\"} ";

    private final Exposition exposition = new Exposition();
    private final Counters counters = new Counters();

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "42, 42",
        "2.643968e+07, 26439680",
        "1e+06, 1000000",
        "9.87654321e+11, 987654321000",
        "9.007199254740993e+15, 9007199254740993",
        "1.8446744073709552e+18, 1844674407370955200",
        "12.75, 12",
        "1.5e-05, 0",
        "0.000001e+06, 1",
        "1E3, 1000",
        "00012, 12",
    })
    void aNumberIsReadAsGoWritesIt(String text, long value) throws IOException {
        assertThat(reads(LABELS + text)).containsExactly(value);
        assertThat(reads(LABELS + text + " 1767225590000")).containsExactly(value);
        assertThat(reads(LABELS + text + "  1767225590000 # {trace=\"x\"} 1 2")).containsExactly(value);
        assertThat(reads(LABELS + text + "\r")).containsExactly(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "+Inf",
                "-Inf",
                "-1",
                "1e+19",
                "1e",
                "e5",
                ".",
                "",
                "1x",
                "0x10",
                "99999999999999999999",
                "1..2"
            })
    void whatIsNoCounterIsPassedOver(String text) throws IOException {
        assertThat(reads(LABELS + text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "{id",
                "{id=",
                "{id=\"",
                "{id=\"/a",
                "{id=\"/a\"",
                "{id=\"/a\",",
                "{id=/a} 1",
                "{id=\"/a\\",
                "{=}",
                "{,,,",
                "} 1",
                " 1",
                "",
                "{id=\"/a\"} "
            })
    void aDamagedLineIsPassedOverAndTheNextIsRead(String labels) throws IOException {
        assertThat(reads(labels, LABELS + "7")).containsExactly(7L);
    }

    @Test
    void labelsComeInAnyOrderWithBlanksAndEscapes() throws IOException {
        for (var labels : List.of(
                "{id=\"/" + ID + "\",device=\"/dev/sda\"} ",
                "{ device=\"/dev/sda\", id=\"/" + ID + "\", } ",
                "{image=\"a\\\"b}\\\\\",device=\"/dev/sda\",pod=\"x=\\n,id=y\",id=\"/" + ID + "\"}\t",
                "{device=\"\\/dev/sda\",id=\"/" + ID + "\"} ")) {
            assertThat(reads(labels + "7")).as(labels).containsExactly(7L);
        }
    }

    @Test
    void otherMetricsAndCommentsAreNotLookedAt() throws IOException {
        var text = "# HELP container_fs_reads_total x\n# TYPE container_fs_reads_total counter\n\n"
                + "container_fs_reads_total_more" + LABELS + "1\n"
                + "my_container_fs_reads_total" + LABELS + "1\n"
                + "container_fs_reads_total 5\n"
                + "container_fs_reads\n"
                + "container_\nc\n";

        read(text.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);

        assertThat(counters.isCounted()).isFalse();
    }

    @Test
    void howTheAnswerIsCutIntoPiecesDoesNotMatter() throws IOException {
        var bytes = KubeletStatsTest.read("v2-systemd").getBytes(StandardCharsets.UTF_8);
        read(bytes, Integer.MAX_VALUE);
        var whole = all();
        for (var piece : new int[] {1, 7, 100, 4096}) {
            read(bytes, piece);
            assertThat(all()).isEqualTo(whole);
        }
        assertThat(whole).hasSize(3);
    }

    @Test
    void aLineLongerThanTheBufferIsReadAndOneWithoutEndIsRefused() throws IOException {
        var image = "x".repeat(200_000);
        var line = "container_fs_reads_total{image=\"" + image + "\",device=\"/dev/sda\",id=\"/" + ID + "\"} 7\n";
        read(line.getBytes(StandardCharsets.UTF_8), 5000);
        assertThat(counters.isCounted()).isTrue();

        assertThatThrownBy(() -> read(new byte[2 << 20], 5000)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("container_fs_reads_total{} 7".getBytes(StandardCharsets.UTF_8), 5000))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void aThousandContainersAreReadWithoutGarbageToSpeakOf() throws IOException {
        var bytes = thousand();
        for (var i = 0; i < 3; i++) {
            read(bytes, Integer.MAX_VALUE);
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var in = new ByteArrayInputStream(bytes);
        counters.clear();
        var before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        exposition.read(in, counters);
        var made = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        counters.finish(name -> Optional.empty());

        assertThat(bytes).hasSizeGreaterThan(10 << 20);
        assertThat(made)
                .as("bytes allocated for %d MiB of text", bytes.length >> 20)
                .isLessThan(16 << 10);
        for (var i = 0; i < 1000; i++) {
            var expected = (long) i;
            var numbers = new ArrayList<Long>();
            counters.tell(
                    counters.find(("/x/" + id(i)).getBytes(StandardCharsets.UTF_8)),
                    (disk, rbytes, wbytes, rios, wios) -> numbers.add(rios));
            assertThat(numbers).containsExactly(expected, expected);
        }
    }

    /** As a kubelet gives a thousand containers with two disks: of a hundred rows twelve are of disks. */
    private static byte[] thousand() {
        var text = new StringBuilder();
        for (var i = 0; i < 1000; i++) {
            var rest = "id=\"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" + i
                    + ".slice/cri-containerd-"
                    + id(i) + ".scope\",image=\"registry.example/team/application:1.2.3\",name=\"" + id(i)
                    + "\",namespace=\"default\",pod=\"application-" + i + "\"";
            for (var row = 0; row < 30; row++) {
                text.append("container_memory_failures_total{container=\"app\",failure_type=\"" + row + "\"," + rest
                        + "} 0 1767225590000\n");
            }
            for (var disk : List.of("/dev/sda", "/dev/nvme0n1")) {
                var number = disk.equals("/dev/sda") ? "major=\"8\",minor=\"0\"" : "major=\"259\",minor=\"0\"";
                for (var metric : List.of("reads_total", "writes_total", "reads_bytes_total", "writes_bytes_total")) {
                    text.append("container_fs_" + metric + "{container=\"app\",device=\"" + disk + "\"," + rest + "} "
                            + i + " 1767225590000\n");
                }
                for (var operation : List.of("Read", "Write")) {
                    text.append("container_blkio_device_usage_total{container=\"app\",device=\"" + disk + "\"," + number
                            + ",operation=\"" + operation + "\"," + rest + "} " + i + " 1767225590000\n");
                }
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String id(int i) {
        return "%064x".formatted(i * 7919L);
    }

    /** The reads of the container, from lines of that metric. */
    private List<Long> reads(String... lines) throws IOException {
        var text = new StringBuilder();
        for (var line : lines) {
            text.append("container_fs_reads_total").append(line).append('\n');
        }
        for (var metric : List.of("writes_total", "reads_bytes_total", "writes_bytes_total")) {
            text.append("container_fs_" + metric + LABELS + "0\n");
        }
        read(text.toString().getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
        return all();
    }

    private List<Long> all() {
        var numbers = new ArrayList<Long>();
        counters.tell(
                counters.find(("/" + ID).getBytes(StandardCharsets.UTF_8)),
                (disk, rbytes, wbytes, rios, wios) -> numbers.add(rios));
        return numbers;
    }

    private void read(byte[] bytes, int piece) throws IOException {
        counters.clear();
        InputStream in = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(piece, length));
            }
        };
        exposition.read(in, counters);
        counters.finish(name -> Optional.of(new DeviceId(8, 0)));
    }
}
