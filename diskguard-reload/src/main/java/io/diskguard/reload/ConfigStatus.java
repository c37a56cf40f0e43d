/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.config.ConfigResult;
import java.time.Instant;
import java.util.List;

/**
 * What is in force, and whether it is what the sources say. Immutable.
 *
 * @param inForce the last good configuration, with the origin of each value
 * @param since when it came in force
 * @param last what became of the last change; of the start where there was none
 * @param waiting keys that say something else than what is in force, until the next start
 */
public record ConfigStatus(ConfigResult.Valid inForce, Instant since, Reload last, List<KeyChange> waiting) {
    public ConfigStatus {
        waiting = List.copyOf(waiting);
    }
}
