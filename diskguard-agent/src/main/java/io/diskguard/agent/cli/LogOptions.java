/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.log.AgentLog;
import io.diskguard.agent.log.LogFormat;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/** How the log is written. */
final class LogOptions {
    @Option(
            names = "--log-format",
            defaultValue = "text",
            paramLabel = "text|json",
            description = "Format of the log on standard error (default: text).")
    private LogFormat format = LogFormat.TEXT;

    void apply(PrintStream to) {
        AgentLog.configure(format, to);
    }

    /** For a command that goes on and must not wait for its log; to be closed when it ends. */
    AgentLog.Pending applyForService(PrintStream to) {
        return AgentLog.configureForService(format, to);
    }

    /** For a command that answers: only what is wrong. */
    void applyQuietly(PrintStream to) {
        AgentLog.configureQuietly(format, to);
    }
}
