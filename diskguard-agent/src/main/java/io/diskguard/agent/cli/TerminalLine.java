/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.spi.Environment;
import java.io.PrintStream;

/** A line on standard error that is written over and taken back; none where that is no terminal. Thread-safe. */
final class TerminalLine {
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream err;
    private final boolean isSeen;
    private boolean isShown;

    TerminalLine(PrintStream err, Environment environment) {
        this.err = err;
        this.isSeen = Descriptor.ERR.isTerminal(environment);
    }

    /** Whether there is anybody to show it to. */
    boolean isSeen() {
        return isSeen;
    }

    synchronized void show(String text) {
        if (isSeen) {
            isShown = true;
            err.print(ERASE + text);
            err.flush();
        }
    }

    synchronized void takeBack() {
        if (isShown) {
            isShown = false;
            err.print(ERASE);
            err.flush();
        }
    }
}
