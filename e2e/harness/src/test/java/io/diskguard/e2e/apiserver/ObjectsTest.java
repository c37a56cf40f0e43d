/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectsTest {
    @TempDir
    Path directory;

    private final ArrayList<String> told = new ArrayList<>();

    private Objects open() {
        return new Objects(directory, change -> told.add(change.type() + " " + change.version()));
    }

    @Test
    void whoeverTakesUpAKilledServersStateGoesOnWithItsObjectsAndVersions() throws IOException {
        var killed = open();
        killed.put("pods", "ns/a", Json.object().put("v", 1));
        killed.put("pods", "ns/b", Json.object().put("v", 2));
        killed.remove("pods", "ns/a");
        killed.put("pods", "ns/b", Json.object().put("v", 3));
        Files.writeString(directory.resolve("objects.jsonl"), "{\"version\":9,\"ke", StandardOpenOption.APPEND);

        var next = open();

        assertThat(next.version()).isEqualTo(killed.version());
        assertThat(next.all("pods"))
                .singleElement()
                .satisfies(pod -> assertThat(pod.path("v").asInt()).isEqualTo(3));
        assertThat(told).containsExactly("ADDED 2", "ADDED 3", "DELETED 4", "MODIFIED 5");
    }

    @Test
    void onlyThePresentIsKnownAfterARestartAndAfterAnExpiry() {
        var objects = open();
        objects.put("pods", "ns/a", Json.object());
        assertThat(objects.knows(1)).isTrue();
        assertThat(objects.since(1)).hasSize(1);

        var next = open();
        assertThat(next.knows(1)).isFalse();
        assertThat(next.knows(2)).isTrue();
        next.expire();
        assertThat(next.knows(2)).isFalse();
        assertThat(open().version()).isEqualTo(next.version());
    }

    @Test
    void samplePodsHaveTheWeightOfRealOnesAndAreTheSameEachTime() {
        var pods = new SamplePods("n", 1);
        var again = new SamplePods("n", 1);
        var bytes = 0;
        for (var i = 0; i < 250; i++) {
            var pod = Json.write(pods.next(i).toJson());
            assertThat(Json.write(again.next(i).toJson())).isEqualTo(pod);
            bytes += pod.length();
        }
        assertThat(bytes / 250).isBetween(10_000, 13_000);
    }
}
