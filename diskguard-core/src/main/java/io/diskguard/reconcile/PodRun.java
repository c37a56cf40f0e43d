/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.Pod;
import java.time.Duration;
import java.util.List;

/**
 * What came of a run over a pod. Immutable.
 *
 * @param rows each guarded container on each disk, as it is now; none for a container that is excluded
 * @param actions how many there were to do
 */
public record PodRun(Pod pod, List<Explanation.Row> rows, int actions, Duration took) {
    public PodRun {
        rows = List.copyOf(rows);
    }
}
