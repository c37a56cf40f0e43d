/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.limiter;

import io.diskguard.spi.IoSignals;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.LimitEscapes;
import io.diskguard.spi.StateStore;
import java.util.Optional;

/**
 * Where the load is read and what is decided by it is kept. Immutable.
 *
 * @param stats counters; without them nothing is decided by load
 * @param signals pressure and activity, for {@code smart_limit_only_under_pressure}
 * @param escapes what gets past limits
 * @param store texts with pods; without it smart limits are kept in the marks of running containers only
 */
public record LoadInputs(
        Optional<IoStatsSource> stats, Optional<IoSignals> signals, LimitEscapes escapes, Optional<StateStore> store) {
    /** Nothing is read. */
    public static final LoadInputs NONE =
            new LoadInputs(Optional.empty(), Optional.empty(), LimitEscapes.NONE, Optional.empty());
}
