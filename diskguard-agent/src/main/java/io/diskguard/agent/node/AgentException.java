/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import java.io.Serial;

/** The agent cannot do what it was asked to; the message is for the person who asked. */
public final class AgentException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final int exitCode;

    private AgentException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** This node, or what was found on it, is the reason. */
    public static AgentException failed(String message) {
        return new AgentException(ExitCode.FAILED, message);
    }

    /** What was asked for is the reason: arguments or configuration. */
    public static AgentException usage(String message) {
        return new AgentException(ExitCode.USAGE, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
