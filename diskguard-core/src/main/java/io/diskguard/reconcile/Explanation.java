/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.policy.Decision;
import io.diskguard.spi.LimitPolicy;
import java.util.List;
import java.util.Optional;

/**
 * Why a pod's containers have the limits that they have. Immutable.
 *
 * @param problems what the pod's owner wrote wrong
 * @param notes where volumes are and what could not be found, for a person to read
 */
public record Explanation(Pod pod, List<Row> rows, List<LimitPolicy.Problem> problems, List<String> notes) {
    public Explanation {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /**
     * One container on one disk.
     *
     * @param use the disk, and what the container has on it
     * @param decision what it should have, and where each number comes from
     * @param kernel what the kernel has; empty where that could not be read
     * @param ours what we had marked as ours
     */
    public record Row(
            Target target, DiskUse use, Decision decision, Optional<IoLimit> kernel, Optional<IoLimit> ours) {}
}
