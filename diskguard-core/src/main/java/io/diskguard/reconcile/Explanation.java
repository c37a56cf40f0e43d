/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.policy.Decision;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.spi.LimitPolicy;
import java.util.List;
import java.util.Optional;

/**
 * Why a pod's containers have the limits that they have. Immutable.
 *
 * @param problems what the pod's owner wrote wrong
 * @param ineffective what is seen now of IO that gets past the limits
 * @param notes where volumes are and what could not be found, for a person to read
 * @param decisions what was decided by the load, oldest first, as far as this process knows
 */
public record Explanation(
        Pod pod,
        List<Row> rows,
        List<LimitPolicy.Problem> problems,
        List<Ineffective> ineffective,
        List<String> notes,
        List<Recorded> decisions) {
    public Explanation {
        decisions = List.copyOf(decisions);
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
        ineffective = List.copyOf(ineffective);
        notes = List.copyOf(notes);
    }

    /** Where nobody looked whether the limits hold, and nothing was decided by the load. */
    public Explanation(Pod pod, List<Row> rows, List<LimitPolicy.Problem> problems, List<String> notes) {
        this(pod, rows, problems, List.of(), notes, List.of());
    }

    /** The same, of a process that has decided these. */
    public Explanation with(List<Recorded> decided) {
        return new Explanation(pod, rows, problems, ineffective, notes, decided);
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
