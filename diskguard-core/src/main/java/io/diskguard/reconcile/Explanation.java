/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.policy.Decision;
import java.util.List;
import java.util.Optional;

/** Why a pod's containers have the limits that they have. Immutable. */
public record Explanation(Pod pod, List<Row> rows) {
    public Explanation {
        rows = List.copyOf(rows);
    }

    /**
     * One container on one disk.
     *
     * @param decision what it should have, and where each number comes from
     * @param kernel what the kernel has; empty where that could not be read
     * @param ours what we had marked as ours
     */
    public record Row(Target target, Disk disk, Decision decision, Optional<IoLimit> kernel, Optional<IoLimit> ours) {}
}
