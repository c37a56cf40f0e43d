/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.StopSignal;
import io.diskguard.agent.report.ConfigReference;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir
    private Path directory;

    private final Map<String, String> variables = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void everyKeyInForceIsShownWithItsOrigin() throws IOException {
        variables.put("MAX_IOPS_LIMIT", "2k");
        var file = file("check_interval: 5m\ndata_mount: /srv\n");
        assertThat(run("config", "check", file)).as(errors()).isZero();
        assertThat(out.toString().lines().map(line -> line.split(" {2,}")))
                .contains(new String[] {"KEY", "VALUE", "ORIGIN"})
                .contains(new String[] {"check_interval", "5m", file + " line 1"})
                .contains(new String[] {"max_iops_limit", "2k", "environment variable MAX_IOPS_LIMIT"})
                .contains(new String[] {"on_shutdown", "keep", "default"});
        assertThat(errors()).isEmpty();
    }

    @Test
    void whatIsLeftAtItsDefaultCanBeLeftOut() throws IOException {
        assertThat(run("config", "check", "--changed", file("container_iops_limit: 60\n")))
                .isZero();
        assertThat(out.toString().lines().map(line -> line.split(" ")[0]))
                .containsExactly(
                        "KEY", "container_iops_limit", "container_read_iops_limit", "container_write_iops_limit");
    }

    @Test
    void warningsComeFirstAndAreNoError() throws IOException {
        variables.put("CHECK_INTERVAL", "10");
        assertThat(run("config", "check", file("check_interval: 5m\nsmart_limit_enabled: true\n")))
                .isZero();
        assertThat(out.toString())
                .startsWith("warning: ")
                .contains("warning: check_interval (environment variable CHECK_INTERVAL): shadows ")
                .contains("warning: data_total_bps (", "bytes are not judged by fractions");
    }

    @Test
    void everyProblemGoesToStandardErrorAndNothingElseIsPrinted() throws IOException {
        variables.put("KUBELET_PORT", "https");
        assertThat(run(
                        "config",
                        "check",
                        file("data_muont: /srv\nsmart_limit_windows: [{window: 15m}, {widow: 1h}]\n")))
                .isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(errors())
                .contains("data_muont is \"/srv\" (", "line 1): expected a known key; the nearest is data_mount")
                .contains("kubelet_port is \"https\" (environment variable KUBELET_PORT): expected a whole number")
                .contains("smart_limit_windows[1].widow is \"1h\" (")
                .doesNotContain("\tat ");
    }

    @Test
    void aProgramGetsJson() throws IOException {
        assertThat(run("config", "check", "--output", "json", file("data_mounts: [/a, /b]\n")))
                .isZero();
        assertThat(out.toString()).contains("\"valid\" : true", "\"data_mounts\"", "[ \"/a\", \"/b\" ]");
        out.getBuffer().setLength(0);
        assertThat(run("config", "check", "--output", "json", file("data_mounts: [a]\n")))
                .isEqualTo(2);
        assertThat(out.toString()).contains("\"valid\" : false", "\"key\" : \"data_mounts[0]\"", "\"value\" : \"a\"");
    }

    @Test
    void theEnvironmentNamesTheFileWhereTheCommandLineDoesNot() throws IOException {
        variables.put("CONFIG_FILE_PATH", file("data_mount: /srv\n"));
        assertThat(run("config", "check")).isZero();
        assertThat(out.toString()).contains("/srv");
    }

    @Test
    void withoutAFileTheDefaultsAreShown() {
        assertThat(run("config", "check")).isZero();
        assertThat(out.toString()).startsWith("KEY").contains("exclude_keywords");
    }

    @Test
    void whatStandsWhereACredentialsPathShouldBeIsNotShown() throws IOException {
        assertThat(run("config", "check", file("kubelet_token_path: eyJhbGciOi\nvault_secret: hunter2\n")))
                .isEqualTo(2);
        assertThat(errors())
                .contains("kubelet_token_path is \"***\"", "vault_secret is \"***\"")
                .doesNotContain("eyJ", "hunter2");
    }

    @Test
    void theReferenceIsTheDocumentsPage() {
        assertThat(run("config", "reference")).isZero();
        assertThat(out.toString()).isEqualTo(ConfigReference.markdown());
    }

    @Test
    void configAloneSaysWhichCommandsThereAre() {
        assertThat(run("config")).isEqualTo(2);
        assertThat(errors()).contains("config check", "config reference");
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("c.yaml"), text).toString();
    }

    private int run(String... arguments) {
        var clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        var environment = new Environment(HostPaths.in(directory.getFileSystem()), clock, Ticker.system(), variables);
        var errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        return CommandLineInterface.execute(
                new Console(new PrintWriter(out, true), errors, environment, new StopSignal()), arguments);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
