/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.policy.Decision;
import io.diskguard.spi.LimitPolicy;
import java.util.List;
import java.util.Set;

/**
 * What has to be done, in this order; empty when the kernel has all it should. Immutable.
 *
 * @param rows what each container should have on each disk, and had before this is done
 * @param problems what the pods' owners wrote wrong, as far as deciding brought it up
 * @param failures what policies did wrong
 */
public record Plan(
        List<Action> actions,
        List<Explanation.Row> rows,
        Set<LimitPolicy.Problem> problems,
        Set<Decision.Failure> failures) {
    public Plan {
        actions = List.copyOf(actions);
        rows = List.copyOf(rows);
        problems = Set.copyOf(problems);
        failures = Set.copyOf(failures);
    }

    /** Whether nothing has to be done. */
    public boolean isEmpty() {
        return actions.isEmpty();
    }
}
