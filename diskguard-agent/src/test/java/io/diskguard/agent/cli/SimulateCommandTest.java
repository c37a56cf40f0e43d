/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.agent.node.StopSignal;
import io.diskguard.agent.simulate.Loads;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {
    private static final String UNGRADED =
            "{smart_limit_enabled: true, smart_limit_history_window: 10, container_iops_limit: 0, data_total_iops: 3000}";
    private static final String GRADED = """
            smart_limit_enabled: true
            smart_limit_graded_thresholds: true
            smart_limit_io_threshold_15m: 0.3
            smart_limit_io_threshold_30m: 0.3
            smart_limit_io_threshold_60m: 0.3
            smart_limit_remove_threshold: 0.2
            container_iops_limit: 0
            data_total_iops: 3000
            """;
    private static final int MINUTES = 360;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void itSaysWhatWouldHaveBeenDecided() throws IOException {
        var trace = new Loads()
                .with("backup", Map.of(), minute -> minute >= 60 && minute < 180 ? 2800 : 100)
                .with("web", Map.of(), minute -> 200)
                .trace(MINUTES);

        assertThat(run(trace, UNGRADED, Map.of("COLUMNS", "80"), "--trace", "-"))
                .as(errors())
                .isZero();

        assertThat(out.toString())
                .contains(
                        "apply      shop/backup/main  nvme0n1  wiops max → ",
                        "release    shop/backup/main  nvme0n1  wiops ",
                        "shop/backup/main on nvme0n1 (259:0), wiops (writes a second):",
                        "█",
                        "─",
                        "00:00          ",
                        "CONTAINER         DISK",
                        "Note: rates in a trace were shaped by the limits in force when it was recorded")
                .doesNotContain("shop/web/main");
        assertThat(out.toString().lines()).allMatch(line -> !line.contains("█") || line.length() <= 80);
    }

    @Test
    void whoIsExcludedOrOptedOutIsNotDecidedAbout() throws IOException {
        var trace = new Loads()
                .with("backup", Map.of("iops-limit/removed", "true"), minute -> 2800)
                .with("istio-proxy", Map.of(), minute -> 2800)
                .with("calm", Map.of(), minute -> 10)
                .trace(60);
        assertThat(run(trace, UNGRADED, Map.of(), "--trace", "-", "--all", "--ascii"))
                .isZero();
        assertThat(out.toString()).contains("Nothing would have been decided.", "shop/calm/main on nvme0n1");
    }

    @Test
    void onlyWhatIsAskedForIsTold() throws IOException {
        var trace = new Loads()
                .with("backup", Map.of(), minute -> minute < 60 ? 2800 : 0)
                .with("web", Map.of(), minute -> 2900)
                .trace(180);
        run(trace, UNGRADED, Map.of(), "--trace", "-", "--container", "shop/b*", "--output", "json");
        assertThat(json().findValuesAsText("container")).containsOnly("shop/backup/main");
        var from = "2026-01-01T00:30:00Z";
        run(trace, UNGRADED, Map.of(), "--trace", "-", "--from", from, "--disk", "259:0", "--output", "json");
        assertThat(json().path("decisions").findValuesAsText("kind")).containsOnly("release");
    }

    @Test
    void whatIsNotThereIsAnErrorThatSaysWhatIs() throws IOException {
        var trace = new Loads()
                .with("backup", Map.of(), minute -> 2800)
                .with("web", Map.of(), minute -> 10)
                .trace(30);
        for (var option : List.of("--container=nope", "--disk=sda")) {
            assertThat(run(trace, UNGRADED, Map.of(), "--trace", "-", option, "--output", "json"))
                    .as(option)
                    .isEqualTo(2);
        }
        assertThat(run(new byte[0], UNGRADED, Map.of(), "--load", "web=1w", "--hours", "1", "--container", "nope"))
                .isEqualTo(2);
        assertThat(out.toString()).doesNotContain("Nothing would have been decided");
        assertThat(errors())
                .contains(
                        "nothing in the trace of node-1 is what --container or --disk names;"
                                + " there is shop/backup/main, shop/web/main on nvme0n1 (259:0)",
                        "there is simulated/web/main on");
    }

    @Test
    void whatCannotBeSimulatedIsSaid() throws IOException {
        assertThat(run(new byte[0], UNGRADED, Map.of())).isEqualTo(2);
        assertThat(run(new byte[0], UNGRADED, Map.of(), "--trace", "none")).isEqualTo(2);
        assertThat(run(new byte[0], UNGRADED, Map.of(), "--trace", "-", "--load", "a=1w"))
                .isEqualTo(2);
        for (var load :
                List.of("a", "a=1", "a=1w+2w", "A=1w", "a=1wx0", "a=1w@0m/1m", "a=1w@5", "a=99999999999999999999w")) {
            assertThat(run(new byte[0], UNGRADED, Map.of(), "--load", load))
                    .as(load)
                    .isEqualTo(2);
        }
        assertThat(run(new byte[0], UNGRADED, Map.of(), "--load", "a=1w", "--hours", "0"))
                .isEqualTo(2);
        assertThat(run("nonsense\n".getBytes(StandardCharsets.UTF_8), UNGRADED, Map.of(), "--trace", "-"))
                .isEqualTo(1);
        assertThat(errors())
                .contains(
                        "there is no such file",
                        "expected NAME=2800w",
                        "standard input: line 1: expected a JSON object")
                .doesNotContain("\tat ");
    }

    @Test
    void whatATraceNamesCannotSteerTheTerminal() throws IOException {
        var trace = new Loads().with("we\u001b[2Jb", Map.of(), minute -> 2800).trace(MINUTES);
        assertThat(run(trace, UNGRADED, Map.of(), "--trace", "-")).as(errors()).isZero();
        assertThat(out.toString()).contains("shop/we?[2Jb/main").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource({"4, 6", "12, 18", "1, 1"})
    void aPulseIsThrottledAtMostOnceAnHour(int on, int off) throws IOException {
        for (var config : List.of(ungradedFor(on, off), GRADED)) {
            var trace = new Loads()
                    .with("pulse", Map.of(), Loads.pulse(2800, on, off))
                    .trace(MINUTES);
            assertThat(run(trace, config, Map.of(), "--trace", "-", "--output", "json"))
                    .as(errors())
                    .isZero();
            assertCalm(json());
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 6", "12, 18", "1, 1"})
    void norIsOneWhereTheLimitActsOnTheLoad(int on, int off) throws IOException {
        for (var config : List.of(ungradedFor(on, off), GRADED)) {
            var load = "pulse=2800w@" + on + "m/" + off + "m";
            assertThat(run(new byte[0], config, Map.of(), "--load", load, "--output", "json"))
                    .as(errors())
                    .isZero();
            assertCalm(json());
        }
    }

    private static String ungradedFor(int on, int off) {
        return UNGRADED.replace("}", ", smart_limit_high_io_threshold: 0.3, smart_limit_remove_threshold: 0.2}");
    }

    /** After two hours no hour has more than one apply and one release. */
    static void assertCalm(JsonNode answer) {
        var times = new java.util.HashMap<String, List<Instant>>();
        answer.path("decisions")
                .forEach(decision -> times.computeIfAbsent(decision.path("kind").asText(), none -> new ArrayList<>())
                        .add(Instant.parse(decision.path("time").asText())));
        assertThat(times.getOrDefault("apply", List.of()))
                .as("it was throttled at all")
                .isNotEmpty();
        for (var kind : List.of("apply", "release")) {
            var late = times.getOrDefault(kind, List.of()).stream()
                    .filter(time -> time.isAfter(Loads.START.plus(Duration.ofHours(2))))
                    .toList();
            for (var i = 1; i < late.size(); i++) {
                assertThat(Duration.between(late.get(i - 1), late.get(i)))
                        .as(kind + " at " + late)
                        .isGreaterThanOrEqualTo(Duration.ofHours(1));
            }
        }
    }

    private JsonNode json() throws IOException {
        var text = out.toString();
        out.getBuffer().setLength(0);
        return new ObjectMapper().readTree(text);
    }

    private int run(byte[] in, String config, Map<String, String> variables, String... arguments) throws IOException {
        var file = Files.writeString(directory.resolve("config.yaml"), config);
        var all = new ArrayList<>(List.of("simulate", "--config", file.toString()));
        all.addAll(Arrays.asList(arguments));
        try (var node = SimulatedNode.v2()) {
            var world = node.environment();
            var environment = new Environment(world.paths(), world.clock(), world.ticker(), variables);
            return CommandLineInterface.execute(
                    new Console(
                            new PrintWriter(out, true),
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            new ByteArrayInputStream(in),
                            environment,
                            new StopSignal()),
                    all.toArray(String[]::new));
        }
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
