/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.podsdir;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.Pod;
import io.diskguard.spi.PodSource.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestPodSourceTest {
    @TempDir
    private Path directory;

    @Test
    void aMissingDirectoryMeansThatThePodsAreUnknown() {
        try (var source = ManifestPodSource.reading(directory.resolve("none"))) {
            assertThat(source.snapshot())
                    .isInstanceOfSatisfying(Snapshot.Unknown.class, unknown -> assertThat(unknown.reason())
                            .contains("none does not exist"));
        }
    }

    @Test
    void anEmptyDirectoryMeansThatThereAreNoPods() {
        try (var source = ManifestPodSource.reading(directory)) {
            assertThat(source.snapshot()).isEqualTo(new Snapshot.Synced(List.of()));
        }
    }

    @Test
    void addedChangedAndDeletedPodsAreToldAndOthersNot() throws IOException {
        write("a.yaml", pod("a", "1"));
        write("b.yaml", pod("b", "1"));
        try (var source = ManifestPodSource.reading(directory)) {
            var told = new ArrayList<String>();
            source.onChange(told::add);

            write("a.yaml", pod("a", "2"));
            Files.delete(directory.resolve("b.yaml"));
            write("c.json", "{\"kind\": \"List\", \"items\": []}");
            source.refresh();

            assertThat(told).containsExactlyInAnyOrder("a", "b");
            assertThat(pods(source)).extracting(Pod::uid).containsExactly("a");
            source.refresh();
            assertThat(told).hasSize(2);
        }
    }

    @Test
    void aHalfWrittenFileKeepsItsLastPods() throws IOException {
        write("a.yaml", pod("a", "1"));
        try (var source = ManifestPodSource.reading(directory)) {
            var whole = pod("a", "2");
            for (var length = 0; length < whole.indexOf("containers: [{name"); length++) {
                write("a.yaml", whole.substring(0, length));
                source.refresh();
                assertThat(pods(source)).hasSize(1);
                assertThat(source.problems()).hasSize(1).first().asString().startsWith("a.yaml: ");
            }
            write("a.yaml", whole);
            source.refresh();

            assertThat(source.problems()).isEmpty();
            assertThat(pods(source).get(0).annotations()).containsValue("2");
        }
    }

    @Test
    void aFileThatWasNeverValidMayHoldAnyPod() throws IOException {
        write("a.yaml", pod("a", "1"));
        write("b.yaml", "kind: Po");
        try (var source = ManifestPodSource.reading(directory)) {
            assertThat(pods(source)).hasSize(1);
            assertThat(source.snapshot())
                    .isInstanceOfSatisfying(Snapshot.Synced.class, synced -> assertThat(synced.complete())
                            .isFalse());

            write("b.yaml", pod("b", "1"));
            source.refresh();
            assertThat(source.snapshot())
                    .isInstanceOfSatisfying(Snapshot.Synced.class, synced -> assertThat(synced.complete())
                            .isTrue());
        }
    }

    @Test
    void aVanishedDirectoryKeepsTheLastPods() throws IOException {
        var inner = Files.createDirectory(directory.resolve("pods"));
        Files.writeString(inner.resolve("a.yaml"), pod("a", "1"));
        try (var source = ManifestPodSource.reading(inner)) {
            Files.delete(inner.resolve("a.yaml"));
            Files.delete(inner);
            source.refresh();

            assertThat(pods(source)).hasSize(1);
        }
    }

    @Test
    void ofTwoFilesWithOneUidTheFirstByNameHolds() throws IOException {
        write("b.yaml", pod("a", "second"));
        write("a.yaml", pod("a", "first"));
        try (var source = ManifestPodSource.reading(directory)) {
            assertThat(pods(source)).hasSize(1);
            assertThat(pods(source).get(0).annotations()).containsValue("first");
            assertThat(source.problems()).containsExactly("pod uid a is in a.yaml and in b.yaml; a.yaml holds");
        }
    }

    @Test
    void onlyManifestsAreRead() throws IOException {
        for (var name : List.of(".a.yaml", "#a.yaml#", "a.yaml~", "a.yaml.swp", "~a.yaml", "README.md")) {
            write(name, pod(name, "1"));
        }
        write("good.yml", pod("good", "1"));
        try (var source = ManifestPodSource.reading(directory)) {
            assertThat(pods(source)).extracting(Pod::uid).containsExactly("good");
        }
    }

    @Test
    void aHugeFileIsNotRead() throws IOException {
        write("a.yaml", "#".repeat(ManifestDirectory.MAX_BYTES + 1));
        try (var source = ManifestPodSource.reading(directory)) {
            assertThat(source.problems()).first().asString().contains("was not read");
        }
    }

    @Test
    void aChangeIsToldWithoutBeingAskedFor() throws Exception {
        write("a.yaml", pod("a", "1"));
        try (var source = ManifestPodSource.watching(directory, ManifestPodSourceTest::daemon)) {
            var told = new LinkedBlockingQueue<String>();
            source.onChange(told::add);

            write("a.yaml", pod("a", "2"));

            assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("a");
        }
    }

    private static Thread daemon(Runnable run) {
        var thread = new Thread(run, "pods-under-test");
        thread.setDaemon(true);
        return thread;
    }

    private static List<Pod> pods(ManifestPodSource source) {
        return List.copyOf(((Snapshot.Synced) source.snapshot()).pods());
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    private static String pod(String uid, String iops) {
        return """
                kind: Pod
                metadata:
                  uid: "%s"
                  name: web
                  annotations: {iops-limit/iops: "%s"}
                spec:
                  containers: [{name: web}]
                """.formatted(uid, iops);
    }
}
