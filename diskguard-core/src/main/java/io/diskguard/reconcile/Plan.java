/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import java.util.List;

/** What has to be done, in this order; empty when the kernel has all it should. Immutable. */
public record Plan(List<Action> actions) {
    public Plan {
        actions = List.copyOf(actions);
    }

    public boolean isEmpty() {
        return actions.isEmpty();
    }
}
