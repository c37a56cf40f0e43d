/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.StopSignal;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineInterfaceTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void theVersionIsTheBuilds() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("diskguard \\d+\\.\\d+.*\\s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "demo", "doctor", "explain", "top", "simulate", "reset", "config"})
    void everyCommandHasHelp(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: diskguard " + command);
    }

    @Test
    void noCommandIsAUsageError() {
        assertThat(run()).isEqualTo(2);
        assertThat(errors()).contains("Usage: diskguard");
    }

    @Test
    void anUnknownOptionIsAUsageError() {
        assertThat(run("demo", "--rael")).isEqualTo(2);
        assertThat(errors()).contains("--rael").doesNotContain("\tat ");
    }

    @Test
    void aPodIsNamedByNamespaceAndName() {
        assertThat(run("explain", "--pods-dir", directory.toString(), "web")).isEqualTo(2);
        assertThat(errors()).contains("<namespace>/<pod>, was \"web\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "reset", "simulate --load=web=1w"})
    void everyProblemOfTheConfigurationIsListed(String command) throws IOException {
        var file = Files.writeString(directory.resolve("c.yaml"), "cgroup_version: v3\ndata_muont: /data\n");

        assertThat(run((command + " --config=" + file).split(" "))).isEqualTo(2);

        assertThat(errors())
                .contains("cgroup_version is \"v3\"", "data_muont", "the nearest is data_mount")
                .doesNotContain("\tat ");
    }

    @Test
    void aMissingConfigurationFileIsAConfigurationError() {
        assertThat(run("reset", "--config", directory.resolve("none.yaml").toString()))
                .isEqualTo(2);
        assertThat(errors()).contains("none.yaml");
    }

    @Test
    void withoutCgroupsEachDriverSaysWhyItCannotWork() {
        assertThat(run("reset")).isEqualTo(1);
        assertThat(errors()).contains("cgroup-v1-blkio", "cgroup-v2-io-max").doesNotContain("\tat ");
    }

    @Test
    void theDoctorSaysWhatIsMissingAndWhatToDo() {
        assertThat(run("doctor")).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "WRONG  mounts",
                        "-> mount the host's procfs",
                        "skip   cgroup driver",
                        "cgroup-v1-blkio",
                        "cgroup-v2-io-max",
                        "skip   disks",
                        "-> first see mounts");
        assertThat(errors()).doesNotContain("\tat ");
    }

    @Test
    void theDoctorTellsProgramsInJson() {
        assertThat(run("doctor", "--output", "json")).isEqualTo(1);
        assertThat(out.toString()).startsWith("{").contains("\"id\" : \"cgroup-driver\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config reference", "config check", "simulate --load=web=1w", "--help"})
    void anAnswerThatCannotBeWrittenIsAFailure(String command) {
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThat(run(new PrintWriter(full, true, StandardCharsets.UTF_8), command.split(" ")))
                .isEqualTo(1);
        assertThat(errors()).contains("the answer cannot be written").doesNotContain("\tat ");
    }

    @Test
    void timesOfNonsenseAreUsageErrors() {
        assertThat(run("simulate", "--load=web=1w", "--from=yesterday")).isEqualTo(2);
        assertThat(run("simulate", "--load=web=1w", "--from=2026-01-01T02:00:00Z", "--to=2026-01-01T01:00:00Z"))
                .isEqualTo(2);
        assertThat(errors())
                .contains("expected a time such as 2026-01-01T22:00:00Z, was 'yesterday'", "is after --to")
                .doesNotContain("java.");
    }

    @Test
    void theDemoNeedsNothingAndComesToItsEnd() {
        assertThat(run("demo")).as(errors()).isZero();
        assertThat(out.toString())
                .contains(
                        "limit  shop/backup/main",
                        "wiops=120",
                        "repair shop/database/main",
                        "clear  shop/database/main")
                .endsWith("on the kernel of this machine." + System.lineSeparator());
    }

    private int run(String... arguments) {
        return run(new PrintWriter(out, true), arguments);
    }

    private int run(PrintWriter answer, String... arguments) {
        try (var node = SimulatedNode.v1()) {
            // The simulated node's cgroups are not files: to the real drivers it is a host without any.
            var system = node.environment();
            var paths = new HostPaths(
                    system.paths().proc().resolve("none"),
                    system.paths().sys(),
                    system.paths().dev());
            var environment = new Environment(paths, system.clock(), system.ticker(), system.variables());
            var errors = new PrintStream(err, true, StandardCharsets.UTF_8);
            var exitCode =
                    CommandLineInterface.execute(new Console(answer, errors, environment, new StopSignal()), arguments);
            assertThat(List.of(0, 1, 2)).contains(exitCode);
            return exitCode;
        }
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
