/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.apiserver.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What an agent leaves behind when it ended in peace. */
final class StateDirectory {
    private static final Set<String> EXPECTED = Set.of("agent.lock", "pods.json", "pod-state.json", "marks.json");

    private StateDirectory() {}

    /** @param needed names of files that must be there */
    static List<String> problems(Path directory, List<String> needed) {
        var problems = new ArrayList<String>();
        needed.stream()
                .filter(name -> !Files.exists(directory.resolve(name)))
                .forEach(name -> problems.add(name + " is not there"));
        try (var files = Files.list(directory)) {
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString();
                if (!EXPECTED.contains(name)) {
                    problems.add(name + " is left");
                } else if (name.endsWith(".json")) {
                    try {
                        Json.read(Files.readString(file));
                    } catch (RuntimeException | IOException e) {
                        problems.add(name + ": " + e);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return problems;
    }
}
