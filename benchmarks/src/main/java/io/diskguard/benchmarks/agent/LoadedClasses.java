/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Names of the classes that a JVM has loaded, those of the JDK among them. */
record LoadedClasses(List<String> names) {
    private static final String SOURCE = " source: ";

    LoadedClasses {
        names = List.copyOf(names);
    }

    /** The option that has a JVM write them. */
    static String into(Path file) {
        return "-Xlog:class+load:file=" + file + ":none:filecount=0";
    }

    static LoadedClasses read(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return new LoadedClasses(lines.filter(line -> line.contains(SOURCE))
                    .map(line -> line.substring(0, line.indexOf(SOURCE)))
                    .toList());
        }
    }

    List<String> of(Part part) {
        return names.stream().filter(part::has).toList();
    }

    int total() {
        return names.size();
    }
}
