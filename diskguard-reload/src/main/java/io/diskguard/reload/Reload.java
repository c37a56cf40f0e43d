/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.config.ConfigWarning;
import io.diskguard.spi.ConfigSource.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What became of one change of the configuration. Immutable.
 *
 * @param number from 1; 0 is the start
 * @param at when it was noticed
 * @param sources that told of a change, for people: {@code /etc/diskguard/config.yaml}
 * @param changes what differs from what was in force, in the order of the reference; of a rejected one none
 * @param problems why it was rejected; else none
 * @param reason why it was rolled back; else empty
 * @param warnings what was not warned of before
 * @param took from noticing it to its end
 */
public record Reload(
        long number,
        Instant at,
        List<String> sources,
        Result result,
        List<KeyChange> changes,
        List<Problem> problems,
        String reason,
        List<ConfigWarning> warnings,
        Duration took) {
    public Reload {
        sources = List.copyOf(sources);
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** What came of it. */
    public enum Result {
        /** It is in force; keys that are not live wait for the next start. */
        APPLIED,
        /** It means what is in force already. */
        UNCHANGED,
        /** It is not valid; what was in force goes on. */
        REJECTED,
        /** It is valid and could not be put in force; what was in force goes on. */
        ROLLED_BACK
    }

    /** Whether what the sources say now is in force, but for what waits for the next start. */
    public boolean isGood() {
        return result == Result.APPLIED || result == Result.UNCHANGED;
    }
}
