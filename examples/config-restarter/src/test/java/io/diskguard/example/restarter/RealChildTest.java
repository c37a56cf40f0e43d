/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is run, in a JVM of its own, with a shell as child. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealChildTest {

    private static final String CHILD = """
            trap 'echo told to end; exit 5' TERM
            trap 'echo told to read it again' HUP
            echo "started with $(cat "$0")"
            while :; do sleep 0.05; done
            """;

    @TempDir
    private Path mount;

    private Path file = Path.of("");
    private final List<Process> supervisors = new ArrayList<>();

    @BeforeEach
    void mounted() throws IOException {
        publish("1", "one");
        file = Files.createSymbolicLink(mount.resolve("app.conf"), Path.of("..data/app.conf"));
    }

    @AfterEach
    void nothingStays() {
        for (var supervisor : supervisors) {
            supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
            supervisor.destroyForcibly();
        }
    }

    @Test
    void aSwappedConfigMapRestartsTheChild() throws Exception {
        var supervisor = start("sh", "-c", CHILD, file.toString());
        var said = supervisor.inputReader();
        assertThat(said.readLine()).isEqualTo("started with one");

        publish("2", "two");

        assertThat(said.readLine()).isEqualTo("told to end");
        assertThat(said.readLine()).isEqualTo("started with two");
    }

    @Test
    void sigtermReachesTheChildAndItsCodeIsTheAnswer() throws Exception {
        var supervisor = start("sh", "-c", CHILD, file.toString());
        var said = supervisor.inputReader();
        assertThat(said.readLine()).isEqualTo("started with one");

        supervisor.toHandle().destroy(); // Process.destroy would close the pipe as well

        assertThat(said.readLine()).isEqualTo("told to end");
        assertThat(supervisor.waitFor()).isEqualTo(5);
        assertThat(rest(said)).isEmpty();
    }

    @Test
    void aChildThatEndsByItselfGivesItsCode() throws Exception {
        assertThat(start("sh", "-c", "exit 3").waitFor()).isEqualTo(3);
        assertThat(start("sh", "-c", "kill -SEGV $$").waitFor()).isEqualTo(139);
    }

    @Test
    void whatCannotBeStartedIsToldAsAShellDoes() throws Exception {
        assertThat(start("there-is-no-such-program").waitFor()).isEqualTo(127);
        assertThat(start(file.toString()).waitFor()).isEqualTo(126);
    }

    @Test
    void theChildHasThreeFilesAndDefaultSignalsAndAGroupOfItsOwn() throws Exception {
        var supervisor =
                start("sh", "-c", "for f in 3 4 5 6 7 8 9; do (: >&$f) 2>&- && echo $f; done; kill -HUP 0; echo deaf");

        assertThat(rest(supervisor.inputReader())).isEmpty();
        assertThat(supervisor.waitFor()).isEqualTo(129);
    }

    /** As the kubelet does it. */
    private void publish(String version, String content) throws IOException {
        var directory = Files.createDirectory(mount.resolve("..v" + version));
        Files.writeString(directory.resolve("app.conf"), content + "\n");
        var next = Files.createSymbolicLink(mount.resolve("..data_tmp"), directory.getFileName());
        Files.move(next, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private Process start(String... command) throws IOException {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--config",
                file.toString(),
                "--debounce",
                "10ms",
                "--"));
        line.addAll(List.of(command));
        var process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        supervisors.add(process);
        return process;
    }

    private static List<String> rest(BufferedReader said) {
        return said.lines().toList();
    }
}
