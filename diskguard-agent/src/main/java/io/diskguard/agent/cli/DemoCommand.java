/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.demo.DemoException;
import io.diskguard.agent.demo.RealDemo;
import io.diskguard.agent.demo.SimulatedDemo;
import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.ExitCode;
import io.diskguard.agent.node.Kernel;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Shows what DiskGuard does, on a simulated node: no root, no cluster, no configuration.",
            "With --real as root on Linux: on the kernel of this machine, in about half a minute."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class DemoCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private LogOptions log = new LogOptions();

    @Option(names = "--real", description = "Limit a real process on a loop disk, and count what the kernel counts.")
    private boolean real;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws AgentException, DemoException {
        log.apply(console.err());
        if (!real) {
            new SimulatedDemo(console.out()).run();
            return ExitCode.OK;
        }
        RealDemo.mustBeRoot(console.environment());
        try (var kernel = Kernel.open(console.environment());
                var stats = kernel.stats()) {
            var demo = new RealDemo(console.environment(), kernel.driver(), stats, console.out(), console.stop());
            return demo.run() ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
