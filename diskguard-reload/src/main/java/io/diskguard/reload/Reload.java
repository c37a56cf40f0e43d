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
 * @param changes what differs from what was in force, in the order of the reference; of a rejected one none. A key that
 *     waits for the next start is in the one that changed it, not in those after it
 * @param problems why it was rejected: the first {@value #MOST_PROBLEMS} of them; else none
 * @param problemCount how many there are in all
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
        int problemCount,
        String reason,
        List<ConfigWarning> warnings,
        Duration took) {
    /** More than anybody reads: a broken file can have one in each of its lines. */
    public static final int MOST_PROBLEMS = 50;

    public Reload {
        sources = List.copyOf(sources);
        changes = List.copyOf(changes);
        problems = List.copyOf(problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
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
