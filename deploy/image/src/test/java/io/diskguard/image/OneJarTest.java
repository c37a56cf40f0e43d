/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The image's one jar is all that the agent's manifest names, and the list beside it says whose it is. */
class OneJarTest {
    private static final Path ONE = Path.of("target/diskguard.jar");
    private static final String SERVICES = "META-INF/services/";

    /** Merged, or read by nothing that runs. */
    private static final Pattern NOT_KEPT =
            Pattern.compile("META-INF/(services/.*|(LICENSE|NOTICE)(\\.txt)?|MANIFEST\\.MF|INDEX\\.LIST"
                    + "|jandex\\.idx|maven/.*/pom\\.xml|native-image/.*|proguard/.*|.*\\.kotlin_module"
                    + "|versions/\\d+/(module-info\\.class|OSGI-INF/.*))"
                    + "|module-info\\.class|.*\\.(kotlin_builtins|kotlin_metadata|proto)");

    /** Those of the image's label. */
    private static final List<String> LICENCES =
            List.of("Apache-2.0", "BSD-3-Clause", "EPL-2.0", "LGPL-2.1-only", "MIT");

    /** What its pom's words are taken for; assembling says it right. */
    private static final String JLINE = "BSD-4-Clause";

    @Test
    void eachFileOfEachLibraryIsInItUnchanged() throws IOException {
        try (var one = new JarFile(ONE.toFile())) {
            assertThat(one.getManifest().getMainAttributes())
                    .containsEntry(Attributes.Name.MULTI_RELEASE, "true")
                    .containsEntry(Attributes.Name.MAIN_CLASS, "io.diskguard.agent.Main");
            for (var library : libraries()) {
                try (var jar = new JarFile(library.toFile())) {
                    assertThat(jar.stream()
                                    .filter(file -> !file.isDirectory()
                                            && !NOT_KEPT.matcher(file.getName()).matches())
                                    .filter(file -> crc(one, file.getName()) != file.getCrc())
                                    .map(ZipEntry::getName))
                            .as(library.toString())
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void eachProviderOfEachServiceIsInIt() throws IOException {
        try (var one = new JarFile(ONE.toFile())) {
            for (var library : libraries()) {
                try (var jar = new JarFile(library.toFile())) {
                    for (var service : names(jar).filter(OneJarTest::isService).toList()) {
                        assertThat(providers(one, service))
                                .as("%s of %s", service, library)
                                .containsAll(providers(jar, service));
                    }
                }
            }
        }
    }

    @Test
    void theListNamesEachLibraryAndItsLicence() throws IOException {
        var components = StreamSupport.stream(
                        new ObjectMapper()
                                .readTree(Path.of("target/diskguard.cdx.json").toFile())
                                .path("components")
                                .spliterator(),
                        false)
                .toList();

        assertThat(components)
                .extracting(component -> component.path("name").asText() + "-"
                        + component.path("version").asText() + ".jar")
                .containsExactlyInAnyOrderElementsOf(libraries().stream()
                        .map(library -> library.getFileName().toString())
                        .toList());
        assertThat(components)
                .allSatisfy(component -> assertThat(component.path("licenses").findValuesAsText("id"))
                        .as(component.path("purl").asText())
                        .isNotEmpty()
                        .isSubsetOf(isJLine(component) ? List.of(JLINE) : LICENCES));
    }

    private static boolean isJLine(JsonNode component) {
        return component.path("group").asText().equals("org.jline");
    }

    private static long crc(JarFile jar, String name) {
        return Optional.ofNullable(jar.getEntry(name)).map(ZipEntry::getCrc).orElse(-1L);
    }

    /** The agent's jar and those that its manifest names. */
    private static List<Path> libraries() throws IOException {
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        var agent = classPath.stream()
                .filter(path -> path.getFileName().toString().startsWith("diskguard-agent-"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the agent's jar is not on the class path: run by mvn verify"));
        try (var jar = new JarFile(agent.toFile())) {
            var named = Arrays.stream(jar.getManifest()
                            .getMainAttributes()
                            .getValue(Attributes.Name.CLASS_PATH)
                            .split(" "))
                    .map(name -> Path.of(name).getFileName())
                    .toList();
            var libraries = Stream.concat(
                            Stream.of(agent), classPath.stream().filter(path -> named.contains(path.getFileName())))
                    .toList();
            assertThat(libraries).hasSize(named.size() + 1);
            return libraries;
        }
    }

    private static Stream<String> names(JarFile jar) {
        return jar.stream().map(ZipEntry::getName);
    }

    private static boolean isService(String name) {
        return name.startsWith(SERVICES) && !name.endsWith("/");
    }

    private static List<String> providers(JarFile jar, String service) throws IOException {
        try (var in = jar.getInputStream(jar.getEntry(service))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }
}
