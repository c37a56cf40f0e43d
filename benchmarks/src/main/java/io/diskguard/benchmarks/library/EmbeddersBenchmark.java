/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.library;

import io.diskguard.benchmarks.result.Budget;
import io.diskguard.benchmarks.result.Lines;
import io.diskguard.benchmarks.result.Sheet;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What an embedder gets: how large our own jars are, and which others they lead to. */
final class EmbeddersBenchmark {
    private static final Budget SIZE = new Budget("5", "core and cgroup on an embedder's class path", "KB", 700, 500);
    private static final Budget OTHERS =
            new Budget("5", "jars they lead to beside slf4j-api, Jackson and JSpecify", "jars", 0);
    private static final List<String> OWN = List.of("diskguard-core-", "diskguard-cgroup-");
    private static final Set<String> OWN_MODULES = Set.of("io.diskguard.core", "io.diskguard.cgroup");
    private static final Pattern KNOWN = Pattern.compile("(slf4j-api|jackson-\\w+|jspecify)-[\\d.]+\\.jar");

    private EmbeddersBenchmark() {}

    public static void main(String[] args) throws IOException {
        var lib = Path.of(System.getProperty("diskguard.home", ".")).resolve("benchmarks/target/lib");
        try (var sheet = new Sheet("Embedders");
                var files = Files.list(lib)) {
            var jars = files.sorted().toList();
            var own = jars.stream().filter(EmbeddersBenchmark::isOwn).toList();
            if (own.size() != OWN.size()) {
                throw new IllegalStateException(lib + " has not each of " + OWN + " once: " + own + "; build it clean");
            }
            var bytes = 0L;
            for (var jar : own) {
                Lines.print("%s: %,d bytes", jar.getFileName(), Files.size(jar));
                bytes += Files.size(jar);
            }
            sheet.measured(SIZE, bytes / 1e3);
            var others = reached(jars);
            Lines.print("they lead to %s", others);
            sheet.measured(
                    OTHERS,
                    others.stream().filter(jar -> !KNOWN.matcher(jar).matches()).count());
        }
    }

    /** Names of all jars that ours require, and those that these require: the compiler has seen to it that they are all. */
    private static TreeSet<String> reached(List<Path> all) {
        var jars = Configuration.resolve(
                ModuleFinder.of(all.toArray(Path[]::new)),
                List.of(ModuleLayer.boot().configuration()),
                ModuleFinder.of(),
                OWN_MODULES);
        var found = new TreeSet<String>();
        for (var module : jars.modules()) {
            var jar = Path.of(module.reference().location().orElseThrow());
            if (!isOwn(jar)) {
                found.add(jar.getFileName().toString());
            }
        }
        return found;
    }

    private static boolean isOwn(Path jar) {
        return OWN.stream().anyMatch(name -> jar.getFileName().toString().startsWith(name));
    }
}
