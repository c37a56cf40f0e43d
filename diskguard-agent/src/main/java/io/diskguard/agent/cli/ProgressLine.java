/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.simulate.TraceSimulation;
import io.diskguard.spi.Environment;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Says on a terminal how far it is, where it takes longer than a second. Not thread-safe. */
final class ProgressLine implements TraceSimulation.Progress {
    private static final long EVERY = Duration.ofSeconds(1).toNanos();

    private final PrintStream err;
    private final Environment environment;
    private final boolean isSeen;
    private long last;
    private boolean isShown;

    ProgressLine(PrintStream err, Environment environment) {
        this.err = err;
        this.environment = environment;
        this.isSeen = Descriptor.ERR.isTerminal(environment);
        this.last = environment.ticker().nanos();
    }

    @Override
    public void at(Instant time) {
        if (isSeen && environment.ticker().nanos() - last >= EVERY) {
            last = environment.ticker().nanos();
            isShown = true;
            err.print("\rsimulating " + time + " …\u001b[K");
            err.flush();
        }
    }

    @Override
    public void quiet() {
        if (isShown) {
            isShown = false;
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
