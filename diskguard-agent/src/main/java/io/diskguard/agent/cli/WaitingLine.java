/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.spi.Environment;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Says on a terminal what is waited for, from the first second on. Not thread-safe. */
final class WaitingLine implements AutoCloseable {
    private static final long QUIET = Duration.ofSeconds(1).toNanos();

    private final PrintStream err;
    private final Environment environment;
    private final boolean isSeen;
    private final long begin;
    private boolean isShown;

    WaitingLine(PrintStream err, Environment environment) {
        this.err = err;
        this.environment = environment;
        this.isSeen = Descriptor.ERR.isTerminal(environment);
        this.begin = environment.ticker().nanos();
    }

    void waitingFor(List<String> what) {
        if (isSeen && !what.isEmpty() && environment.ticker().nanos() - begin >= QUIET) {
            isShown = true;
            err.print("\rwaiting for " + String.join(", ", what) + " …\u001b[K");
            err.flush();
        }
    }

    @Override
    public void close() {
        if (isShown) {
            isShown = false;
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
