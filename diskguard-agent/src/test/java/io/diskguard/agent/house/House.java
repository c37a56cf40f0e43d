/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the rules look at: the main classes of every module on the test class path, and the source tree. */
public final class House {
    private static final Set<String> NOT_SOURCE = Set.of(".git", "target", ".idea", ".vscode", ".settings");

    private House() {}

    /** Main classes, from jars (mvn verify) as well as from target/classes (mvn test, an IDE). */
    static JavaClasses mainClasses() {
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("io.diskguard");
    }

    public static Path root() {
        for (var dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            if (Files.isRegularFile(dir.resolve("pom.xml")) && Files.isDirectory(dir.resolve("diskguard-core"))) {
                return dir;
            }
        }
        throw new IllegalStateException("not run inside the source tree");
    }

    /** Every file of the repository, build results excluded; paths relative to {@link #root()}. */
    static List<Path> files() {
        var root = root();
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .filter(House::isSource)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> mainSources() {
        return java("src/main/java");
    }

    static List<Path> testSources() {
        return java("src/test/java");
    }

    public static String read(Path file) {
        try {
            return new String(Files.readAllBytes(root().resolve(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> java(String sources) {
        return files().stream()
                .filter(f -> f.toString().endsWith(".java") && f.toString().contains(sources))
                .toList();
    }

    private static boolean isSource(Path file) {
        for (var name : file) {
            if (NOT_SOURCE.contains(name.toString())) {
                return false;
            }
        }
        return true;
    }
}
