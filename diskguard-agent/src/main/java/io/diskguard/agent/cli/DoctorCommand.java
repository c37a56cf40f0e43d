/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.doctor.Doctor;
import io.diskguard.agent.doctor.DoctorText;
import io.diskguard.agent.doctor.Finding;
import io.diskguard.agent.node.Preparation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        description = {
            "Says what works on this node, what does not, and what to do; changes nothing.",
            "Exit code 1 if something does not work, 2 if the configuration is wrong."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Mixin
    private LogOptions log = new LogOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        log.applyQuietly(console.err());
        var doctor = new Doctor(Preparation.of(console.environment(), node.arguments()), console.stop());
        List<Finding> findings;
        try (var line = new WaitingLine(console.err(), console.environment())) {
            findings = doctor.examine(line::waitingFor);
        }
        var text = new DoctorText(findings);
        output.print(console, text::text, text::json);
        return doctor.exitCode(findings);
    }
}
