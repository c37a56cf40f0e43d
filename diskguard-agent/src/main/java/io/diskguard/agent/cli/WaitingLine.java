/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.spi.Environment;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Says on a terminal what is waited for, from the first second on. Not thread-safe. */
final class WaitingLine implements AutoCloseable {
    private static final long QUIET = Duration.ofSeconds(1).toNanos();

    private final TerminalLine line;
    private final Environment environment;
    private final long begin;

    WaitingLine(PrintStream err, Environment environment) {
        this.line = new TerminalLine(err, environment);
        this.environment = environment;
        this.begin = environment.ticker().nanos();
    }

    void waitingFor(List<String> what) {
        if (!what.isEmpty() && environment.ticker().nanos() - begin >= QUIET) {
            line.show("waiting for " + String.join(", ", what) + " …");
        }
    }

    @Override
    public void close() {
        line.takeBack();
    }
}
