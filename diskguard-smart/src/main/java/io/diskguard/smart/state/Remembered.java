/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart.state;

import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.spi.LimitPolicy.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pod's annotations say of its smart limits. Immutable.
 *
 * @param exact by container name and identity of the disk
 * @param every what holds for every container and disk of the pod, where it is not told apart
 * @param removedAt when the load released the last limit, where that is said and no limit is
 * @param ofConfiguredPrefix whether it stands below the prefix that is configured, or nothing is said
 * @param problems what makes no sense, and was left out
 */
public record Remembered(
        Map<String, Map<String, SmartLimit>> exact,
        Optional<SmartLimit> every,
        Optional<Instant> removedAt,
        boolean ofConfiguredPrefix,
        List<Problem> problems) {
    /** They say nothing. */
    public static final Remembered NOTHING =
            new Remembered(Map.of(), Optional.empty(), Optional.empty(), true, List.of());

    public Remembered {
        exact = Map.copyOf(exact);
        problems = List.copyOf(problems);
    }

    /** The container's on the disk of that identity; empty if there is none. */
    public Optional<SmartLimit> of(String container, String identity) {
        return Optional.ofNullable(exact.getOrDefault(container, Map.of()).get(identity))
                .or(() -> every);
    }

    /** Whether there is no limit. */
    public boolean isEmpty() {
        return exact.isEmpty() && every.isEmpty();
    }
}
