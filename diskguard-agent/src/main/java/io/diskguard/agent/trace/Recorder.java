/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.trace;

import io.diskguard.model.Pod;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.PodRun;
import io.diskguard.spi.Environment;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hears what belongs into a trace. Used by the loop's thread. */
abstract class Recorder implements DiskGuardListener {
    private final Environment environment;
    private Map<String, Pod> watchedPods = Map.of();

    Recorder(Environment environment) {
        this.environment = environment;
    }

    /** @return whether it was taken, and will be written */
    abstract boolean take(Item item);

    @Override
    public final void sampled(Round round, List<Watched> watched) {
        var pods = new HashMap<String, Pod>();
        watched.forEach(each -> pods.put(each.pod().uid(), each.pod()));
        watchedPods = pods;
        take(new Item(Optional.empty(), round.at(), Optional.of(round), watched));
    }

    /** What is excluded now is not in the next round, so it is told at once. */
    @Override
    public final void podReconciled(PodRun run) {
        var pod = run.pod();
        var before = watchedPods.get(pod.uid());
        if (before != null && before != pod && !before.equals(pod)) {
            var at =
                    new Moment(environment.ticker().nanos(), environment.clock().instant());
            if (take(new Item(Optional.of(pod), at, Optional.empty(), List.of()))) {
                watchedPods.put(pod.uid(), pod);
            }
        }
    }

    /** A round, or a pod that changed. */
    record Item(Optional<Pod> pod, Moment at, Optional<Round> round, List<Watched> watched) {
        byte[] lines(TraceEncoder encoder) throws IOException {
            return round.isPresent() ? encoder.round(round.get(), watched) : encoder.changed(pod.orElseThrow(), at);
        }
    }
}
