/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuard;
import io.diskguard.cgroup.HostCgroupFs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the library brings along for those who embed it. */
class EmbeddersBurdenTest {
    private static final long BYTES_MAX = 700_000;
    private static final List<String> MODULES = List.of("diskguard-core", "diskguard-cgroup");
    private static final Set<String> ALLOWED = Set.of(
            "io.diskguard:diskguard-core",
            "org.slf4j:slf4j-api",
            "com.fasterxml.jackson.core:jackson-databind",
            "org.jspecify:jspecify");
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);

    @Test
    void theLibrarysOwnJarsStaySmall() throws Exception {
        var core = size(DiskGuard.class);
        var cgroup = size(HostCgroupFs.class);

        assertThat(core).as("core").isGreaterThan(100_000);
        assertThat(cgroup).as("cgroup").isGreaterThan(30_000);
        assertThat(core + cgroup).as("core and cgroup").isLessThanOrEqualTo(BYTES_MAX);
    }

    @Test
    void theLibraryBringsNoOtherDependency() {
        var found = new TreeSet<String>();
        for (var module : MODULES) {
            found.addAll(dependencies(House.read(Path.of(module, "pom.xml"))));
        }

        assertThat(found).isSubsetOf(ALLOWED).isNotEmpty();
    }

    /** Not even what comes along with a dependency. */
    @Test
    void theLibraryUsesNothingElse() {
        classes()
                .that()
                .resideOutsideOfPackages("io.diskguard.agent..", "io.diskguard.simulator..", "io.diskguard.testkit..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax..",
                        "io.diskguard..",
                        "org.slf4j..",
                        "org.jspecify.annotations..",
                        "com.fasterxml.jackson.core..",
                        "com.fasterxml.jackson.databind..",
                        "com.fasterxml.jackson.annotation..",
                        "com.fasterxml.jackson.dataformat.yaml..")
                .check(House.mainClasses());
    }

    private static List<String> dependencies(String pom) {
        var found = new ArrayList<String>();
        var each = DEPENDENCY.matcher(pom);
        while (each.find()) {
            var text = each.group(1);
            if (!text.contains("<scope>test</scope>") && !text.contains("<optional>true</optional>")) {
                found.add(element(text, "groupId") + ":" + element(text, "artifactId"));
            }
        }
        return found;
    }

    private static String element(String text, String name) {
        var matcher =
                Pattern.compile("<" + name + ">\\s*(.*?)\\s*</" + name + ">").matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The jar's, or that of the jar that would be made of the directory (mvn test, an IDE). */
    private static long size(Class<?> of) throws IOException, URISyntaxException {
        var place =
                Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isRegularFile(place)) {
            return Files.size(place);
        }
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes);
                var files = Files.walk(place)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(place.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
        return bytes.size();
    }
}
