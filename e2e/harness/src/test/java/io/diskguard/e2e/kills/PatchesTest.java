/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchesTest {
    private static final String POD =
            line("AGENT", "PATCH", "/api/v1/namespaces/ns-1/pods/db-1?fieldManager=diskguard");

    @TempDir
    Path directory;

    private static String line(String who, String method, String path) {
        return "{\"who\":\"%s\",\"method\":\"%s\",\"path\":\"%s\"}".formatted(who, method, path);
    }

    private List<String> problems(List<String> lines) throws IOException {
        Files.write(directory.resolve("writes.jsonl"), lines);
        return Patches.problems(directory, List.of("db-1"));
    }

    @Test
    void aDecisionMayBeToldTwiceAndMustBeOnce() throws IOException {
        assertThat(problems(List.of(POD))).isEmpty();
        assertThat(problems(List.of(POD, POD))).isEmpty();
        assertThat(problems(List.of(POD, POD, POD))).singleElement().asString().contains("db-1", "3 times");
        assertThat(problems(List.of())).containsExactly("db-1 was never patched");
    }

    @Test
    void whatOthersWriteAndEventsDoNotCount() throws IOException {
        var others = Stream.of(
                        line("ADMIN", "PATCH", "/api/v1/namespaces/ns-1/pods/web-1"),
                        line("AGENT", "PATCH", "/api/v1/namespaces/ns-1/events/web-1.1"),
                        line("AGENT", "POST", "/api/v1/namespaces/ns-1/events"))
                .flatMap(each -> Collections.nCopies(3, each).stream());
        assertThat(problems(Stream.concat(others, Stream.of(POD)).toList())).isEmpty();
    }
}
