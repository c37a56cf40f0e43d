/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.apiserver.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an agent asked the API server to change in pods. */
final class Patches {
    /** A decision, and once more by an agent that found it unsaid, or could not know that it was said. */
    private static final int MOST = 2;

    private Patches() {}

    /** @param limited names of the pods of which a limit by load must have been told */
    static List<String> problems(Path directory, List<String> limited) {
        var counts = counts(directory.resolve("writes.jsonl"));
        var problems = new ArrayList<String>();
        counts.forEach((pod, count) -> {
            if (count > MOST) {
                problems.add(pod + " was patched " + count + " times");
            }
        });
        limited.stream()
                .filter(name -> counts.keySet().stream().noneMatch(path -> path.endsWith("/" + name)))
                .forEach(name -> problems.add(name + " was never patched"));
        return problems;
    }

    private static Map<String, Integer> counts(Path writes) {
        var counts = new TreeMap<String, Integer>();
        try (var lines = Files.lines(writes)) {
            lines.map(Json::read)
                    .filter(line -> line.path("who").asText().equals("AGENT"))
                    .filter(line -> line.path("method").asText().equals("PATCH"))
                    .map(line -> line.path("path").asText().replaceFirst("\\?.*", ""))
                    .filter(path -> path.contains("/pods/"))
                    .forEach(path -> counts.merge(path, 1, Integer::sum));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return counts;
    }
}
