/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kills;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.e2e.scenarios.node.AgentProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** An agent that is killed at random moments while pods come and go: on this kernel what {@code e2e/kills} does on cgroup v1. */
public final class KilledAtAnyMomentTest {
    /**
     * A command that takes an empty part of the hierarchy for the whole of it. No other agent sees what is in there: a name that is no
     * UTF-8 is none to a Java program.
     */
    private static final String APART = """
            set -e
            echo +io > "$0/cgroup.subtree_control"
            mkdir -p "$0/apart/"$'\\xff'
            echo +io > "$0/apart/cgroup.subtree_control"
            mount --bind "$0/apart/"$'\\xff' "$0"
            exec "$@"
            """;

    public KilledAtAnyMomentTest() {}

    @Test
    void noLimitIsWrongAtAnyTimeWhileTheAgentIsKilled(@TempDir Path work, TestReporter figures)
            throws IOException, InterruptedException {
        var machine = Machine.here();
        var disk = machine.spare("other");
        var hierarchy = Machine.hierarchy().toString();
        var command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "bash",
                "-c",
                APART,
                hierarchy,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.diskguard.e2e.kills.Main"));
        Stream.of(
                        "--cgroup v2 --pods-from directory --bound 60000",
                        "--root " + hierarchy,
                        "--disk " + disk,
                        "--device " + Machine.name(disk),
                        "--work " + work,
                        machine.full() ? "--times 25 --pods 30" : "--times 5 --pods 3 --load no",
                        "--")
                .flatMap(words -> Stream.of(words.split(" ")))
                .forEach(command::add);
        command.addAll(AgentProcess.command(machine.app()));
        command.add("run");
        var said = work.resolve("said");
        var killing = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int status;
        try {
            status = killing.waitFor();
        } finally {
            killing.destroy();
        }
        var lines = Files.readAllLines(said);
        lines.stream().filter(line -> line.contains(": ")).map(String::strip).forEach(line -> {
            var colon = line.lastIndexOf(": ");
            figures.publishEntry(line.substring(0, colon), line.substring(colon + 2));
        });
        assertThat(status).as(String.join("\n", lines)).isZero();
        assertThat(lines).anyMatch(line -> line.matches("ok   wrong limits, .*: 0"));
    }
}
