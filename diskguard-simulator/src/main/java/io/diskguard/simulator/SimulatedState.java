/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.PodRef;
import io.diskguard.spi.StateStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Texts in the annotations of the simulated node's pods, as an API server keeps them: a patch is heard back at once. */
final class SimulatedState implements StateStore {
    private final SimulatedPods pods;

    SimulatedState(SimulatedPods pods) {
        this.pods = pods;
    }

    @Override
    public Map<String, String> read(String podUid) {
        return pods.annotations(podUid);
    }

    @Override
    public CompletionStage<Result> patch(PodRef pod, Map<String, Optional<String>> changes) {
        return CompletableFuture.completedFuture(
                pods.annotate(pod.uid(), changes) ? new Result.Stored() : new Result.Gone());
    }

    @Override
    public void close() {}
}
