/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent;

import io.diskguard.agent.cli.CommandLineInterface;
import io.diskguard.agent.cli.Console;
import io.diskguard.agent.node.StopSignal;
import io.diskguard.spi.Environment;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The agent's entry point. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var stop = StopSignal.ofThisProcess();
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var exitCode = CommandLineInterface.execute(
                new Console(out, System.err, System.in, Environment.system(), stop), arguments);
        out.flush();
        stop.finished(exitCode);
        System.exit(exitCode);
    }
}
