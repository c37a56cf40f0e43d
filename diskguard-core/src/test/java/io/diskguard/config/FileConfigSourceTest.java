/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.ConfigSource.Problem;
import io.diskguard.spi.ConfigSource.Snapshot;
import io.diskguard.spi.ConfigSource.Value;
import io.diskguard.spi.Ticker;
import io.diskguard.watch.FileWatch;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FileConfigSourceTest {
    private final FileSystem fs = Jimfs.newFileSystem(Configuration.unix());

    private Snapshot read(String name, String text) {
        try {
            var file = Files.writeString(fs.getPath(name), text);
            return new FileConfigSource(file, Map.of("LIMIT", "700", "EVIL", "1\nmax_iops_limit: 5")).snapshot();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String expected(Snapshot snapshot) {
        assertThat(snapshot.values()).isEmpty();
        assertThat(snapshot.problems()).hasSize(1);
        return snapshot.problems().get(0).expected();
    }

    @Test
    void wordsThatYamlMayTakeForBooleansStayWords() {
        assertThat(read("words.yaml", "exclude_namespaces: [no, on]\nsmart_limit_enabled: yes\n")
                        .values())
                .hasEntrySatisfying(
                        "exclude_namespaces", value -> assertThat(value.value()).isEqualTo(List.of("no", "on")))
                .hasEntrySatisfying("smart_limit_enabled", value -> assertThat(value.value())
                        .isEqualTo("yes"));
    }

    @Test
    void jsonAndYamlSayTheSame() {
        var json = read("c.json", "{\"container_iops_limit\": 300, \"data_mounts\": [\"/a\", \"/b\"]}");
        var yaml = read("c.yaml", "container_iops_limit: 300\ndata_mounts:\n  - /a\n  - /b\n");
        assertThat(json.values().get("data_mounts").value()).isEqualTo(List.of("/a", "/b"));
        assertThat(yaml.values().get("data_mounts").value()).isEqualTo(List.of("/a", "/b"));
        assertThat(yaml.values().get("container_iops_limit")).hasToString(new Value(300, "c.yaml line 1").toString());
    }

    @Test
    void withoutAKnownNameTheContentDecides() {
        assertThat(read("config", " {\"data_mount\": \"/a\"}").values()).containsKey("data_mount");
        assertThat(read("config", "data_mount: /a").values()).containsKey("data_mount");
    }

    @Test
    void placeholdersAreReplacedAndCannotAddKeys() {
        var snapshot =
                read("c.yaml", "container_iops_limit: ${LIMIT}\nmax_bps_limit: ${NONE:10M}\ndata_mount: /x${EVIL}\n");
        assertThat(snapshot.problems()).isEmpty();
        assertThat(snapshot.values()).hasSize(3);
        assertThat(snapshot.values().get("container_iops_limit").value()).isEqualTo("700");
        assertThat(snapshot.values().get("max_bps_limit").value()).isEqualTo("10M");
    }

    @Test
    void aVariableThatIsNotSetIsAProblemOfItsKey() {
        var snapshot = read("c.yaml", "data_mount: ${NONE}\nstate_dir: /s\n");
        assertThat(snapshot.problems()).extracting(Problem::key).containsExactly("data_mount");
        assertThat(snapshot.problems().get(0).expected()).contains("NONE");
        assertThat(snapshot.values()).containsOnlyKeys("state_dir");
    }

    @Test
    void whatIsNoConfigurationSaysWhatWasExpected() {
        assertThat(expected(read("c.yaml", ""))).contains("an empty file");
        assertThat(expected(read("c.yaml", "- a\n"))).contains("a list");
        assertThat(expected(read("c.json", "[]"))).contains("a list");
        var broken = read("c.json", "{\n\"a\": ");
        assertThat(expected(broken)).contains("well-formed JSON");
        assertThat(broken.problems().get(0).origin()).isEqualTo("c.json line 2");
        assertThat(expected(read("c.json", "{\"a\": 1, \"a\": 2}"))).containsIgnoringCase("duplicate");
        assertThat(expected(read("c.yaml", "a: 1\na: 2\n"))).containsIgnoringCase("duplicate");
        assertThat(expected(read("c.json", "{} {}"))).contains("well-formed");
        assertThat(expected(read("c.yaml", "#" + "x".repeat(1 << 20)))).contains("1 MiB");
        assertThat(expected(new FileConfigSource(fs.getPath("none.yaml"), Map.of()).snapshot()))
                .contains("that exists");
        assertThat(expected(new FileConfigSource(fs.getPath("/"), Map.of()).snapshot()))
                .isNotBlank();
    }

    /** Else a file that was emptied by mistake would mean the defaults. */
    @Test
    void aFileThatSaysNothingIsAProblemThatNamesIt() {
        for (var text : List.of("", " \n\n", "# nothing\n# but comments\n", "---\n", "\ufeff")) {
            for (var name : List.of("c.yaml", "c")) {
                var snapshot = read(name, text);
                assertThat(expected(snapshot)).contains("not an empty file");
                assertThat(snapshot.problems().get(0).origin()).isEqualTo(name);
            }
        }
        assertThat(expected(read("c.json", " \n"))).contains("not an empty file");
        assertThat(read("c.json", "{}").problems()).isEmpty();
    }

    @Test
    void aFollowedFileSaysWhatLastStayedAndCallsBack() throws Exception {
        var file = Files.writeString(fs.getPath("c.yaml"), "data_mount: /a");
        var settings = new FileWatch.Settings(Duration.ZERO, Duration.ZERO, Duration.ofMillis(20), false, 1);
        var changes = new Semaphore(0);
        var source = FileConfigSource.watching(file, Map.of(), settings, Ticker.system(), Thread::new);
        try (source) {
            source.onChange(changes::release);
            assertThat(source.snapshot().values().get("data_mount").value()).isEqualTo("/a");
            Files.delete(file);
            assertThat(changes.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            assertThat(expected(source.snapshot())).isEqualTo("a file that exists");
        }
        Files.writeString(file, "data_mount: /b");
        assertThat(expected(source.snapshot())).isEqualTo("a file that exists");
    }

    @Test
    void aKeyWithoutAValueIsAProblem() {
        assertThat(read("c.yaml", "data_mount:\n").problems())
                .extracting(Problem::key)
                .containsExactly("data_mount");
    }

    @Test
    void withoutTheYamlLibraryTheErrorNamesTheArtifact() throws Exception {
        var file = Files.writeString(fs.getPath("c.yaml"), "data_mount: /a");
        try (var loader = new WithoutYaml(getClass().getClassLoader())) {
            var source = loader.loadClass(FileConfigSource.class.getName())
                    .getConstructor(Path.class, Map.class)
                    .newInstance(file, Map.of());
            var snapshot = ((ConfigSource) source).snapshot();
            assertThat(expected(snapshot)).contains("com.fasterxml.jackson.dataformat:jackson-dataformat-yaml");
        }
    }

    @Test
    void noFileWhateverItHoldsBreaksTheLoader() {
        var random = new Random(7);
        var pieces = List.of(
                "data_mount",
                "max_iops_limit",
                "check_interval",
                "x",
                ":",
                ": ",
                "\n",
                "- ",
                "[",
                "]",
                "{",
                "}",
                "\"",
                "'",
                "/a",
                "1",
                "-1",
                "1e999999999",
                "0x1F",
                "~",
                "null",
                "${A}",
                "${",
                "&a ",
                "*a",
                "!!int ",
                "|",
                ",",
                "#",
                "%",
                "\t",
                "\u0000",
                "é",
                "---",
                "<<: ",
                "true",
                "2026-01-01");
        for (var round = 0; round < 4000; round++) {
            var text = new StringBuilder();
            for (var i = random.nextInt(14); i >= 0; i--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            var name = random.nextBoolean() ? "c.yaml" : "c";
            var file = read(name, text.toString());
            var result = ConfigLoader.load(List.of(new FileConfigSource(fs.getPath(name), Map.of())));
            assertThat(file.problems()).allSatisfy(FileConfigSourceTest::isWhole);
            if (result instanceof ConfigResult.Invalid invalid) {
                assertThat(invalid.problems()).isNotEmpty().allSatisfy(FileConfigSourceTest::isWhole);
            }
        }
    }

    private static void isWhole(Problem problem) {
        assertThat(problem.key()).isNotNull();
        assertThat(problem.origin()).isNotBlank();
        assertThat(problem.expected()).isNotBlank();
    }

    /** Defines the configuration package anew, and has no Jackson YAML. */
    private static final class WithoutYaml extends URLClassLoader {
        WithoutYaml(ClassLoader parent) {
            super(
                    new URL[] {
                        FileConfigSource.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                    },
                    parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.fasterxml.jackson.dataformat.yaml.")) {
                throw new ClassNotFoundException(name);
            }
            if (name.startsWith("io.diskguard.config.")) {
                var loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
            return super.loadClass(name, resolve);
        }
    }
}
