/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.agent.trace.Entry;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.Disk;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.smart.SmartEngine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Decides by the entries of a trace as an agent with the configuration would have. Not thread-safe. */
final class Replay {
    private static final String EXCLUDED = "it is excluded from limits now";

    private final GuardConfig config;
    private final TracedPods pods;
    private final Ledger ledger;
    private final Map<Place, SmartLimit> limits = new HashMap<>();
    private final Map<ContainerKey, Instant> released = new HashMap<>();
    private SmartEngine engine;
    private Optional<Entry.Head> head = Optional.empty();
    private boolean restarted;
    private long missing;

    Replay(GuardConfig config, TracedPods pods, Ledger ledger) {
        this.config = config;
        this.pods = pods;
        this.ledger = ledger;
        this.engine = new SmartEngine(config.smart());
    }

    private record Place(ContainerKey container, Disk disk) {}

    /** What is decided by it. */
    List<Told> take(Entry entry) {
        if (entry instanceof Entry.Head begun) {
            begin(begun);
        } else if (entry instanceof Entry.PodSeen seen) {
            return podSeen(seen);
        } else if (entry instanceof Entry.Gap gap) {
            missing += gap.rounds();
        } else if (entry instanceof Entry.Sampling sampling) {
            return sampled(sampling);
        }
        return List.of();
    }

    private void begin(Entry.Head begun) {
        restarted |= head.isPresent() && !head.get().equals(begun);
        head = Optional.of(begun);
    }

    /** Who is excluded from then on has no limit any more from then on. */
    private List<Told> podSeen(Entry.PodSeen seen) {
        pods.seen(seen.pod());
        return seen.at().isEmpty() || restarted
                ? List.of()
                : tell(exclude(seen.at().get()));
    }

    private List<Told> sampled(Entry.Sampling sampling) {
        var whole = sampling.round();
        var decisions = new ArrayList<SmartDecision>();
        if (restarted) {
            decisions.addAll(restart(whole.at()));
        }
        var running = new HashSet<>(sampling.unread());
        whole.samples().forEach(sample -> running.add(sample.container()));
        var uids = new HashSet<String>();
        running.forEach(container -> uids.add(container.podUid()));
        whole.absent().forEach(container -> uids.add(container.podUid()));
        engine.retain(container -> uids.contains(container.podUid()));
        decisions.addAll(exclude(whole.at()));
        limits.keySet().removeIf(place -> !uids.contains(place.container().podUid()));
        released.keySet().removeIf(container -> !uids.contains(container.podUid()));
        running.removeIf(container -> pods.excludes(container).isPresent());
        pods.at(running, sampling.uses(), uids);
        var round = of(whole, running);
        ledger.sampled(round);
        decisions.addAll(engine.decide(round, pods));
        return tell(decisions);
    }

    private List<SmartDecision> exclude(Moment now) {
        Predicate<ContainerKey> excluded = container -> pods.excludes(container).isPresent();
        var decisions = engine.release(excluded, EXCLUDED, now);
        engine.retain(excluded.negate());
        return decisions;
    }

    /** The limits stay, as they do in the kernel; the history begins anew. */
    private List<SmartDecision> restart(Moment now) {
        restarted = false;
        ledger.restarted();
        engine = new SmartEngine(config.smart());
        var decisions = new ArrayList<SmartDecision>();
        limits.forEach((place, limit) -> decisions.addAll(engine.restore(place.container(), place.disk(), limit, now)));
        released.forEach((container, at) -> engine.restoreRelease(container, at, now));
        return decisions;
    }

    private static Round of(Round whole, Set<ContainerKey> containers) {
        return new Round(
                whole.at(),
                whole.samples().stream()
                        .filter(sample -> containers.contains(sample.container()))
                        .toList(),
                whole.absent(),
                whole.disks());
    }

    private List<Told> tell(List<SmartDecision> decisions) {
        var told = new ArrayList<Told>();
        for (var decision : decisions) {
            var place = new Place(decision.container(), decision.disk());
            switch (decision.kind()) {
                case APPLY, UPDATE, RESTORE ->
                    limits.put(place, decision.after().orElseThrow());
                case RELEASE -> {
                    limits.remove(place);
                    released.put(decision.container(), decision.at());
                }
                case NO_EFFECT -> {}
            }
            if (ledger.decided(decision)) {
                told.add(new Told(
                        pods.name(decision.container()),
                        decision,
                        pods.statics(decision.container(), decision.disk())));
            }
        }
        return told;
    }

    /** Rounds that were not recorded. */
    long missing() {
        return missing;
    }

    /** The node that was recorded; empty if it has no name. */
    String node() {
        return head.map(Entry.Head::node).orElse("");
    }
}
