/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.simulate.TraceSimulation;
import io.diskguard.spi.Environment;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Says on a terminal how far a simulation is, where it takes longer than a second. Not thread-safe. */
final class ProgressLine implements TraceSimulation.Progress {
    private static final long EVERY = Duration.ofSeconds(1).toNanos();

    private final TerminalLine line;
    private final Environment environment;
    private long last;

    ProgressLine(PrintStream err, Environment environment) {
        this.line = new TerminalLine(err, environment);
        this.environment = environment;
        this.last = environment.ticker().nanos();
    }

    @Override
    public void at(Instant time) {
        if (line.isSeen() && environment.ticker().nanos() - last >= EVERY) {
            last = environment.ticker().nanos();
            line.show("simulating " + time + " …");
        }
    }

    @Override
    public void quiet() {
        line.takeBack();
    }
}
