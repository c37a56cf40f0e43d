/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.apiserver.PodTemplate;
import io.diskguard.e2e.churn.Expectation;
import io.diskguard.e2e.churn.Limits;
import java.util.stream.IntStream;

/** What a container must have by the documents: its pod's words, the configuration's, the load's, and the ceiling. */
final class Wanted {
    private Wanted() {}

    /** @param smart what the load brought upon it */
    static Limits of(PodTemplate pod, String container, Limits smart, Settings settings) {
        if (Expectation.isExcluded(pod, container)) {
            return Limits.NONE;
        }
        var ceiling = settings.ceiling();
        var said = Expectation.of(pod, container, settings.defaults());
        return strictest(strictest(said, smart), Limits.of(ceiling, ceiling, 0, 0));
    }

    private static Limits strictest(Limits one, Limits other) {
        return new Limits(IntStream.range(0, Limits.FILES.size())
                .mapToObj(i -> strictest(one.get(i), other.get(i)))
                .toList());
    }

    private static long strictest(long one, long other) {
        return one == 0 ? other : other == 0 ? one : Math.min(one, other);
    }
}
