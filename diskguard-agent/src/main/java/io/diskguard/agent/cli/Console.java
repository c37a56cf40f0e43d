/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.node.StopSignal;
import io.diskguard.spi.Environment;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;

/**
 * What a command talks to.
 *
 * @param out data
 * @param err messages and the log
 * @param in data, for a command that takes some
 * @param stop ends a command that does not end by itself
 */
public record Console(PrintWriter out, PrintStream err, InputStream in, Environment environment, StopSignal stop) {
    /** One without data to take. */
    public Console(PrintWriter out, PrintStream err, Environment environment, StopSignal stop) {
        this(out, err, InputStream.nullInputStream(), environment, stop);
    }
}
