/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import java.util.List;

/** The children of this process. Used by one thread. */
interface Processes {
    /**
     * Starts a program that leads a process group of its own.
     *
     * @return its process id, which is the group's too
     */
    int start(List<String> command) throws CannotStartException;

    /** Sends a signal to each process of a group; false if there is none. */
    boolean signalGroup(int group, int signal);

    void signal(int process, int signal);

    /** Whether a process is left in the group, be it a zombie that nobody has reaped. */
    boolean isGroupThere(int group);

    /** A program that cannot be started. */
    final class CannotStartException extends Exception {
        private static final long serialVersionUID = 1;

        private final int code;

        /** @param code what a shell answers: 127 where there is no such program, 126 where it cannot be executed */
        CannotStartException(String reason, int code) {
            super(reason);
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
