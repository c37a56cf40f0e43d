/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import java.util.concurrent.ThreadFactory;

/** Threads of the agent. */
final class Threads {
    private Threads() {}

    /** Threads of one name that do not hold the process up. */
    static ThreadFactory daemons(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
