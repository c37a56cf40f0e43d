/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.simulator.ManualClock;
import io.diskguard.spi.PodSource.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodSnapshotStoreTest {
    private static final Pod POD = new Pod(
            "uid-web",
            "shop",
            "web",
            QosClass.GUARANTEED,
            Map.of("app", "web"),
            Map.of("iops-limit/iops", "100"),
            List.of(
                    new Container(
                            "app",
                            "app:1",
                            ContainerKind.MAIN,
                            ContainerId.parse("containerd://0123"),
                            List.of(new MountRef("data", "/data", false), new MountRef("raw", "/dev/x", true))),
                    new Container("side", "side:1", ContainerKind.SIDECAR, Optional.empty())));

    @TempDir
    Path directory;

    private final ManualTimer timer = new ManualTimer(new ManualClock());

    @Test
    void whatWasWrittenIsReadByTheNextProcess() throws IOException {
        store().changed(() -> List.of(POD));
        timer.advance(PodSnapshotStore.PAUSE);

        assertThat(store().load()).contains(List.of(POD));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .as("annotations are the tenants' own")
                .isEqualTo("rw-------");
    }

    @Test
    void manyChangesAreOneWriteAndTheNewestIsWritten() {
        var store = store();
        var written = new AtomicInteger();
        for (var i = 0; i < 100; i++) {
            store.changed(() -> {
                written.incrementAndGet();
                return List.of(POD);
            });
        }
        timer.advance(PodSnapshotStore.PAUSE);
        timer.advance(PodSnapshotStore.PAUSE);

        assertThat(written).hasValue(1);
    }

    @Test
    void whoTellsOfAChangeDoesNotWaitForADiskThatHangs() throws Exception {
        var store = store();
        var writing = new CountDownLatch(1);
        var disk = new CountDownLatch(1);
        store.changed(() -> {
            writing.countDown();
            awaitUninterruptibly(disk);
            return List.of();
        });
        var writer =
                CompletableFuture.runAsync(() -> timer.advance(PodSnapshotStore.PAUSE), PodSnapshotStoreTest::start);
        writing.await();

        var teller = CompletableFuture.runAsync(() -> store.changed(() -> List.of(POD)), PodSnapshotStoreTest::start);
        try {
            assertThat(teller).succeedsWithin(Duration.ofSeconds(10));
        } finally {
            disk.countDown();
        }
        writer.join();
        store.close();
        assertThat(store().load()).contains(List.of(POD));
    }

    /** A thread for each: a shared pool may have no second one. */
    private static void start(Runnable task) {
        var thread = new Thread(task, "test");
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void eachSnapshotIsWholeWhateverChangedSinceTheLast() {
        var store = store();
        var other = new Pod(
                "uid-other", "shop", "other", QosClass.BEST_EFFORT, Map.of(), Map.of("k", "\"é]}\""), List.of());
        var changed =
                new Pod("uid-other", "shop", "other", QosClass.BEST_EFFORT, Map.of(), Map.of("k", "v"), List.of());
        for (var pods : List.of(
                List.of(POD, other), List.of(POD, changed), List.of(changed), List.<Pod>of(), List.of(other, POD))) {
            store.changed(() -> pods);
            timer.advance(PodSnapshotStore.PAUSE);
            assertThat(store().load()).contains(pods);
        }
    }

    @Test
    void closingWritesWhatWaits() {
        var store = store();
        store.changed(() -> List.of(POD));
        store.close();

        assertThat(store().load()).contains(List.of(POD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "{\"version\":2,\"node\":\"node-1\",\"pods\":[]}",
                "{\"version\":1,\"node\":\"another\",\"pods\":[]}",
                "{\"version\":1,\"node\":\"node-1\"}",
                "{\"version\":1,\"node\":\"node-1\",\"pods\":[null]}",
                "{\"version\":1,\"node\":\"node-1\",\"pods\":[{}]}",
                "{\"version\":1,\"node\":\"node-1\",\"pods\":[{\"uid\":\"\",\"namespace\":\"a\",\"name\":\"b\"}]}"
            })
    void aDamagedFileOrAnotherNodesIsSetAsideAndNothingIsKnown(String content) throws IOException {
        Files.writeString(file(), content);

        assertThat(store().load()).isEmpty();
        assertThat(file()).doesNotExist();
        assertThat(directory.resolve(PodSnapshotStore.ASIDE)).hasContent(content);
    }

    @Test
    void eachPrefixOfTheFileIsRefusedOrNothing() throws IOException {
        var content = new ByteArrayOutputStream();
        new SnapshotCodec().write("node-1", List.of(POD), content);
        var whole = content.toByteArray();
        for (var length = 0; length < whole.length; length++) {
            Files.writeString(file(), new String(whole, 0, length, StandardCharsets.UTF_8));
            assertThat(store().load()).as("%s bytes", length).isEmpty();
        }
    }

    @Test
    void whatBreaksOffHalfWayLeavesTheFileAsItWasAndStopsNoLaterOne() throws IOException {
        SafeFile.replace(directory, "file", out -> out.write('a'));

        assertThatIOException()
                .isThrownBy(() -> SafeFile.replace(directory, "file", out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }));
        assertThat(directory.resolve("file")).hasContent("a");

        SafeFile.replace(directory, "file", out -> out.write('b'));
        assertThat(directory.resolve("file")).hasContent("b");
    }

    @Test
    void aDirectoryThatCannotBeWrittenCostsNothingButTheSnapshot() throws IOException {
        var notADirectory = Files.writeString(directory.resolve("file"), "");
        var store = new PodSnapshotStore(notADirectory, "node-1", timer);
        store.changed(() -> List.of(POD));

        assertThatCode(() -> timer.advance(PodSnapshotStore.PAUSE)).doesNotThrowAnyException();
        assertThat(store.load()).isEmpty();
    }

    @Test
    void aStartWhileTheServerIsAwayKnowsTheStoredPodsButNotThatTheyAreAll() {
        try (var cluster = new Cluster(directory)) {
            cluster.put("web", Map.of());
            cluster.put("old", Map.of());
            try (var pods = pods(cluster)) {
                cluster.until("the first list", pods::isSynced);
            }
            cluster.relay.takeAway();
            var waiting = cluster.timer.waiting();
            try (var pods = pods(cluster)) {
                var told = ConcurrentHashMap.<String>newKeySet();
                pods.onChange(told::add);
                await("the first failure").until(() -> cluster.timer.waiting() > waiting);
                assertThat(pods.snapshot()).isInstanceOfSatisfying(Snapshot.Synced.class, stored -> {
                    assertThat(stored.pods()).extracting(Pod::uid).containsExactlyInAnyOrder("uid-web", "uid-old");
                    assertThat(stored.complete()).isFalse();
                });
                told.clear();
                cluster.api.remove("default/old");
                cluster.put("new", Map.of());
                cluster.relay.reopen();

                cluster.until("the list", () -> pods.isSynced() && told.containsAll(List.of("uid-new", "uid-old")));
                assertThat(told).as("what is as it was is not told again").doesNotContain("uid-web");
                assertThat(pods.snapshot()).isInstanceOfSatisfying(Snapshot.Synced.class, heard -> {
                    assertThat(heard.pods()).extracting(Pod::uid).containsExactlyInAnyOrder("uid-web", "uid-new");
                    assertThat(heard.complete()).isTrue();
                });
            }
        }
    }

    @Test
    void aStartWhileTheServerAnswersNeverShowsWhatIsOld() {
        try (var cluster = new Cluster(directory)) {
            cluster.put("web", Map.of("iops-limit/iops", "100"));
            try (var pods = pods(cluster)) {
                cluster.until("the first list", pods::isSynced);
            }
            cluster.put("web", Map.of("iops-limit/iops", "200"));
            try (var pods = pods(cluster)) {
                cluster.until("pods", () -> pods.snapshot() instanceof Snapshot.Synced);
                assertThat(((Snapshot.Synced) pods.snapshot()).pods())
                        .extracting(Pod::annotations)
                        .containsExactly(Map.of("iops-limit/iops", "200"));
            }
        }
    }

    private KubernetesPods pods(Cluster cluster) {
        return cluster.access.pods(
                Cluster.NODE, Optional.of(new PodSnapshotStore(directory, Cluster.NODE, cluster.timer)));
    }

    private PodSnapshotStore store() {
        return new PodSnapshotStore(directory, "node-1", timer);
    }

    private Path file() {
        return directory.resolve(PodSnapshotStore.FILE);
    }
}
