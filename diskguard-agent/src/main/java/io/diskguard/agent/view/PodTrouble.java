/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import io.diskguard.model.Pod;
import io.diskguard.spi.LimitPolicy;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a pod as a whole. Immutable.
 *
 * @param problems what its owner wrote wrong
 * @param unreadable why limits of a container cannot be read, in words
 * @param failure a fault in DiskGuard at the last run over it
 */
public record PodTrouble(
        Pod pod, List<LimitPolicy.Problem> problems, List<String> unreadable, Optional<String> failure) {
    public PodTrouble {
        problems = List.copyOf(problems);
        unreadable = List.copyOf(unreadable);
    }

    boolean isNone() {
        return problems.isEmpty() && unreadable.isEmpty() && failure.isEmpty();
    }
}
