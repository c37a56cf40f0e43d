/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.Pod;
import io.diskguard.spi.PodSource.Snapshot;
import io.diskguard.testkit.wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an API server answers in gzip is read as ever; what is no gzip to its end is no list, and never one of no pods. */
class GzipListsTest {
    private static final Map<String, String> LIMIT = Map.of("iops-limit/iops", "100");

    @TempDir
    Path directory;

    private FaultyCluster cluster;
    private Optional<KubernetesPods> pods = Optional.empty();

    /** What is not as its head says, or not as it should be. */
    enum Broken {
        GARBAGE(zip -> new byte[] {0x1f, 0x45, 3, 4, 5}, "cannot be understood"),
        NOT_COMPRESSED_AT_ALL(zip -> "<html>".getBytes(StandardCharsets.UTF_8), "cannot be understood"),
        EMPTY(zip -> new byte[0], "cannot be understood"),
        A_HEADER_ALONE(zip -> Arrays.copyOf(zip, 10), "cannot be understood"),
        HALF(zip -> Arrays.copyOf(zip, zip.length / 2), "cannot be understood"),
        ALL_BUT_THE_CHECKSUM(zip -> Arrays.copyOf(zip, zip.length - 8), "cannot be understood"),
        ALL_BUT_ITS_LAST_BYTE(zip -> Arrays.copyOf(zip, zip.length - 1), "cannot be understood"),
        ANOTHER_CHECKSUM(zip -> with(zip, zip.length - 6), "cannot be understood"),
        OTHER_BYTES_IN_THE_MIDDLE(zip -> with(zip, zip.length / 2), "cannot be understood"),
        OF_ANOTHER_KIND(zip -> zip("{\"kind\":\"NodeList\",\"items\":[]}"), "cannot be understood"),
        OF_NOTHING(zip -> zip(""), "cannot be understood"),
        A_BOMB(zip -> zip(" ".repeat(2 << 20) + "{}"), "too large"),
        A_BOMB_AFTER_A_LIST(
                zip -> zip("{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[]}"
                        + " ".repeat(2 << 20)),
                "too large");

        final Function<byte[], byte[]> breaks;
        final String said;

        Broken(Function<byte[], byte[]> breaks, String said) {
            this.breaks = breaks;
            this.said = said;
        }

        private static byte[] with(byte[] zip, int changed) {
            var other = zip.clone();
            other[changed] ^= 0x55;
            return other;
        }
    }

    @BeforeEach
    void open() {
        cluster = new FaultyCluster(directory);
        cluster.put("web", LIMIT);
        cluster.listsAre(list -> Reply.gzip(200, zip(list)));
    }

    @AfterEach
    void close() {
        pods.ifPresent(KubernetesPods::close);
        cluster.close();
    }

    @Test
    void theyAreRead() {
        listen();
        assertThat(uids()).containsExactly("uid-web");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsBrokenLeavesWhatWasKnownAndIsToldAndTheNextIsRead(Broken broken) {
        listen();
        cluster.listsAre(list -> Reply.gzip(200, broken.breaks.apply(zip(list))));
        var lists = cluster.server.asked(ApiOperation.LIST_PODS);
        cluster.forget("web");
        cluster.put("shop", LIMIT);

        cluster.expire();

        cluster.until("two tries", () -> cluster.server.asked(ApiOperation.LIST_PODS) > lists + 1);
        assertThat(uids()).contains("uid-web");
        cluster.until("the reason", () -> pods().trouble().orElse("").contains(broken.said));
        cluster.listsAre(list -> Reply.gzip(200, zip(list)));
        cluster.until("the list", () -> uids().equals(List.of("uid-shop")));
    }

    @ParameterizedTest
    @EnumSource
    void theDoctorIsToldNoPodsOfWhatIsBroken(Broken broken) {
        cluster.listsAre(list -> Reply.gzip(200, zip(list)));
        try (var inspection = cluster.inspection()) {
            cluster.until(
                    "the pods",
                    () -> inspection.pods(Cluster.NODE) instanceof Told.Known<List<Pod>> known
                            && known.value().size() == 1);
            if (broken != Broken.A_BOMB_AFTER_A_LIST) {
                cluster.listsAre(list -> Reply.gzip(200, broken.breaks.apply(zip(list))));
                assertThat(inspection.pods(Cluster.NODE)).isInstanceOf(Told.Unknown.class);
            }
        }
    }

    @Test
    void aRefusalInGzipIsOne() {
        listen();
        cluster.listsAre(list -> Reply.gzip(403, zip("{\"kind\":\"Status\",\"message\":\"no\"}")));

        cluster.expire();

        cluster.until("the reason", () -> pods().trouble().orElse("").contains("403"));
        assertThat(uids()).containsExactly("uid-web");
    }

    private void listen() {
        var opened = cluster.access.pods(Cluster.NODE, Optional.empty());
        pods = Optional.of(opened);
        cluster.until(
                "the watch",
                () -> cluster.server.open(ApiOperation.WATCH_PODS) > 0
                        && opened.isSynced()
                        && opened.trouble().isEmpty());
    }

    private KubernetesPods pods() {
        return pods.orElseThrow();
    }

    private List<String> uids() {
        return ((Snapshot.Synced) pods().snapshot())
                .pods().stream().map(Pod::uid).toList();
    }

    private static byte[] zip(String text) {
        var zip = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zip)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zip.toByteArray();
    }
}
