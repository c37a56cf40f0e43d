/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.agent;

import io.diskguard.benchmarks.host.Scratch;
import io.diskguard.benchmarks.result.Budget;
import io.diskguard.benchmarks.result.Lines;
import io.diskguard.benchmarks.result.Sheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which classes the agent's jar loads of the parts that a node may do without: a table of scenes, and that what is not used costs none. */
final class ClassesBenchmark {
    private ClassesBenchmark() {}

    public static void main(String[] args) throws IOException {
        var home = Path.of(System.getProperty("diskguard.home", ".")).toAbsolutePath();
        SceneRun.quietly();
        var program =
                List.of("-jar", jar(home.resolve("diskguard-agent/target")).toString());
        var found = new EnumMap<Scene, LoadedClasses>(Scene.class);
        try (var sheet = new Sheet("Classes");
                var scratch = Scratch.make()) {
            Lines.print("| | all | %s |", String.join(" | ", words(Part.values())));
            Lines.print("|---|%s", "---|".repeat(Part.values().length + 1));
            for (var scene : Scene.values()) {
                var directory = Files.createDirectory(scratch.resolve(scene.name()));
                var classes = new SceneRun(program, directory).of(scene);
                found.put(scene, classes);
                Lines.print("| %s | %d | %s |", scene, classes.total(), counts(classes));
            }
            for (var part : Part.values()) {
                var unused = unused(part, found);
                sheet.measured(
                        new Budget(
                                "classes", part + ": loaded where it is not used, at most", "classes", named(part), 0),
                        unused.stream().mapToDouble(List::size).max().orElse(0));
                unused.stream().flatMap(List::stream).distinct().forEach(name -> Lines.print("    %s", name));
            }
        }
    }

    private static int named(Part part) {
        return Arrays.stream(Scene.values())
                .mapToInt(scene -> scene.named(part))
                .max()
                .orElse(0);
    }

    private static List<List<String>> unused(Part part, Map<Scene, LoadedClasses> found) {
        var names = new ArrayList<List<String>>();
        found.forEach((scene, classes) -> {
            if (!scene.uses(part)) {
                names.add(classes.of(part));
            }
        });
        return names;
    }

    private static String counts(LoadedClasses classes) {
        return String.join(
                " | ",
                Arrays.stream(Part.values())
                        .map(part -> String.valueOf(classes.of(part).size()))
                        .toList());
    }

    private static List<String> words(Part... parts) {
        return Arrays.stream(parts).map(Part::toString).toList();
    }

    private static Path jar(Path target) throws IOException {
        try (var jars = Files.newDirectoryStream(target, "diskguard-agent-*.jar")) {
            for (var jar : jars) {
                if (!jar.toString().endsWith("-sources.jar")) {
                    return jar;
                }
            }
        }
        throw new IOException("there is no jar of the agent in " + target);
    }
}
