/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

import java.util.List;

/** How the agent is, as probes ask it. Thread-safe; answers at once. */
public interface Health {
    /** Whether restarting the process could help: not for anything outside of it. */
    Check liveness();

    /** Everything that must hold before the node counts as guarded; each is named. */
    List<Check> readiness();

    /**
     * One thing that holds or does not. Immutable.
     *
     * @param detail what was found, for a person
     */
    record Check(String name, boolean ok, String detail) {}
}
