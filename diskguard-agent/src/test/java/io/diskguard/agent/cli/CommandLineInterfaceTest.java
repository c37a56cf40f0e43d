/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.StopSignal;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
    @ValueSource(strings = {"run", "demo", "doctor", "explain", "simulate", "reset", "config"})
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

    @Test
    void everyProblemOfTheConfigurationIsListed() throws IOException {
        var file = Files.writeString(directory.resolve("c.yaml"), "cgroup_version: v3\ndata_muont: /data\n");

        assertThat(run("reset", "--config", file.toString())).isEqualTo(2);

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
                .contains("WRONG  cgroup driver", "cgroup-v1-blkio", "cgroup-v2-io-max", "WRONG  disks", "-> ");
        assertThat(errors()).doesNotContain("\tat ");
    }

    @Test
    void theDoctorTellsProgramsInJson() {
        assertThat(run("doctor", "--output", "json")).isEqualTo(1);
        assertThat(out.toString()).startsWith("{").contains("\"check\" : \"cgroup driver\"");
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
        try (var node = SimulatedNode.v1()) {
            // The simulated node's cgroups are not files: to the real drivers it is a host without any.
            var system = node.environment();
            var paths = new HostPaths(
                    system.paths().proc().resolve("none"),
                    system.paths().sys(),
                    system.paths().dev());
            var environment = new Environment(paths, system.clock(), system.ticker(), system.variables());
            var errors = new PrintStream(err, true, StandardCharsets.UTF_8);
            var exitCode = CommandLineInterface.execute(
                    new Console(new PrintWriter(out, true), errors, environment, new StopSignal()), arguments);
            assertThat(List.of(0, 1, 2)).contains(exitCode);
            return exitCode;
        }
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
