/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.node.StopSignal;
import io.diskguard.spi.Environment;
import java.io.PrintStream;
import java.io.PrintWriter;

/**
 * What a command talks to.
 *
 * @param out data
 * @param err messages and the log
 * @param stop ends a command that does not end by itself
 */
public record Console(PrintWriter out, PrintStream err, Environment environment, StopSignal stop) {}
