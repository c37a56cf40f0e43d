/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import io.diskguard.DiskGuard;
import io.diskguard.agent.http.Health;
import io.diskguard.agent.view.NodeView;
import io.diskguard.reload.ConfigReloader;
import java.time.Clock;
import java.time.Instant;

/** Where the API looks. Thread-safe as these are. */
public record Known(
        NodeView view, DiskGuard guard, ConfigReloader configuration, Health health, Identity identity, Clock clock) {
    Instant now() {
        return clock.instant();
    }

    /**
     * What stays the same as long as the agent runs. Immutable.
     *
     * @param node its name; empty where nobody said it
     * @param cgroupVersion of the hierarchy that limits are written to: 1 or 2
     * @param driver its name
     * @param podSource who says which pods there are, for people
     */
    public record Identity(
            String node, int cgroupVersion, String cgroupMount, String driver, String podSource, Instant startedAt) {}
}
