/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher itself, with a Java that prints what it is given, and a Maven that takes its time to write a jar. */
class LauncherTest {
    @TempDir
    private Path home;

    @BeforeEach
    void tree() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/flock")));
        script("diskguard", House.read(House.root().resolve("diskguard")));
        Files.writeString(home.resolve("pom.xml"), "");
        var agent = Files.createDirectories(home.resolve("diskguard-agent/src/main"));
        Files.writeString(agent.resolveSibling("../pom.xml").normalize(), "");
        var variables = Path.of("diskguard-agent/jvm.env");
        Files.writeString(home.resolve(variables), House.read(variables));
        Files.createDirectories(home.resolve("bin"));
        script("bin/java", """
                #!/bin/sh
                case $* in *-version*) echo 'openjdk version "17.0.1"' >&2 && exit ;; esac
                for each; do
                    case $each in
                        -XX:ArchiveClassesAtExit=*) echo once >>trained; echo classes >"${each#*=}"; exit $(cat trainable) ;;
                        -XX:SharedArchiveFile=*) echo "with $(cat "${each#*=}")" ;;
                    esac
                done
                echo "$MALLOC_ARENA_MAX arenas"
                for each; do case $each in *.jar) exec cat "$each" ;; esac; done
                """);
        Files.writeString(home.resolve("trainable"), "0");
        script("bin/mvn", """
                #!/bin/sh
                cd "${0%/bin/mvn}" && echo once >>builds && mkdir -p diskguard-agent/target/lib
                echo half >diskguard-agent/target/diskguard-agent-1.jar
                echo half a build
                read -r go <go || exit 1
                echo "$go" >diskguard-agent/target/diskguard-agent-1.jar
                """);
        assertThat(start("mkfifo", home.resolve("go").toString())
                        .onExit()
                        .join()
                        .exitValue())
                .isZero();
    }

    @Test
    void ofTwoStartsAtOnceOneBuildsAndBothRunWhatItBuilt() throws Exception {
        var one = start("./diskguard");
        var other = start("./diskguard");
        try (var maven = letMavenFinish()) {
            assertThat(maven.getFD().valid()).isTrue();
            assertThat(output(one)).endsWith("whole\n");
            assertThat(output(other)).endsWith("whole\n");
        }
        assertThat(home.resolve("builds")).hasContent("once");
    }

    @Test
    void aBuildThatWasKilledIsMadeAgain() throws Exception {
        var killed = start("./diskguard");
        assertThat(killed.inputReader().lines().anyMatch("half a build"::equals))
                .isTrue();
        var maven = killed.descendants().toList();
        killed.destroyForcibly().waitFor();
        maven.forEach(ProcessHandle::destroyForcibly);
        var next = start("./diskguard");
        try (var again = letMavenFinish()) {
            assertThat(again.getFD().valid()).isTrue();
            assertThat(output(next)).endsWith("whole\n");
        }
    }

    @Test
    void classesAreArchivedOnceAfterABuildAndUsed() throws Exception {
        assertThat(built()).endsWith("with classes\n1 arenas\nwhole\n");
        assertThat(output(start("./diskguard"))).isEqualTo("with classes\n1 arenas\nwhole\n");
        assertThat(home.resolve("trained")).hasContent("once");
        Files.setLastModifiedTime(target("launcher-17.0.1.jsa.size"), FileTime.fromMillis(0));
        assertThat(output(start("./diskguard"))).startsWith("with classes\n");
        assertThat(home.resolve("trained")).hasContent("once\nonce");
    }

    @Test
    void aJavaThatArchivesNothingRunsAsWellAndIsNotAskedAgain() throws Exception {
        Files.writeString(home.resolve("trainable"), "1");
        assertThat(built()).endsWith("built\n1 arenas\nwhole\n");
        assertThat(output(start("./diskguard"))).isEqualTo("1 arenas\nwhole\n");
        assertThat(home.resolve("trained")).hasContent("once");
        try (var files = Files.list(target("."))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.contains(".jsa") && !name.endsWith(".jsa.size"));
        }
    }

    /** A JVM would end with a bus error. */
    @Test
    void anArchiveThatLostItsEndOrIsGoneIsNotUsed() throws Exception {
        built();
        Files.writeString(target("launcher-17.0.1.jsa"), "cl");
        assertThat(output(start("./diskguard"))).isEqualTo("1 arenas\nwhole\n");
        Files.delete(target("launcher-17.0.1.jsa"));
        assertThat(output(start("./diskguard"))).isEqualTo("1 arenas\nwhole\n");
    }

    private Path target(String name) {
        return home.resolve("diskguard-agent/target").resolve(name);
    }

    private String built() throws Exception {
        var first = start("./diskguard");
        try (var maven = letMavenFinish()) {
            assertThat(maven.getFD().valid()).isTrue();
            return output(first);
        }
    }

    /** Opened for both directions, so that nobody waits for the other end; to be kept open until it was read. */
    private RandomAccessFile letMavenFinish() throws IOException {
        var pipe = new RandomAccessFile(home.resolve("go").toFile(), "rw");
        pipe.write("whole\n".getBytes(StandardCharsets.UTF_8));
        return pipe;
    }

    private void script(String name, String text) throws IOException {
        var file = Files.writeString(home.resolve(name), text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Process start(String... command) throws IOException {
        var builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().keySet().removeAll(List.of("JAVA_HOME", "MALLOC_ARENA_MAX"));
        return builder.start();
    }

    private static String output(Process process) throws Exception {
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
