/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.config.SmartSettings;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.smart.state.Remembered;
import io.diskguard.smart.state.SmartStateCodec;
import io.diskguard.spi.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps with each pod what is in force in the kernel. Level-triggered: what a pod says is compared with what it should say,
 * and written where it differs, so that a patch that was lost is made up for. Used by the loop's thread.
 */
final class StateMirror {
    private static final Logger LOG = LoggerFactory.getLogger(StateMirror.class);

    /** By then a patch has been heard back, or will not be. */
    private static final Duration HEARD_BACK = Duration.ofMinutes(1);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    /** Somebody has to permit or change something first. */
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(10);

    private final Optional<StateStore> store;
    private SmartStateCodec codec;
    private final Function<DeviceId, String> identity;
    private final Map<String, Sent> sent = new HashMap<>();
    private final Map<String, Last> released = new HashMap<>();
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();

    private record Sent(Map<String, Optional<String>> changes, long until) {}

    private record Last(Instant at, String reason) {}

    private record Answer(PodRef pod, Map<String, Optional<String>> changes, StateStore.Result result) {}

    /** @param store empty: what others wrote is read, and nothing is written */
    StateMirror(Optional<StateStore> store, SmartStateCodec codec, Function<DeviceId, String> identity) {
        this.store = store;
        this.codec = codec;
        this.identity = identity;
    }

    /** Writes below this prefix from now on, and takes away what was written below another. */
    void reconfigure(String prefix, SmartSettings settings) {
        codec = codec.with(prefix, settings);
    }

    /** What is said with the pod, by anybody. */
    Remembered read(Pod pod, Moment now) {
        var kept = kept(pod);
        if (kept.isEmpty()) {
            return codec.read(pod.annotations(), now.instant());
        }
        var all = new HashMap<>(pod.annotations());
        all.putAll(kept);
        return codec.read(all, now.instant());
    }

    /** Whether it says that a limit of ours is in force. */
    boolean isOurs(Pod pod) {
        return codec.isOurs(pod.annotations()) || codec.isOurs(kept(pod));
    }

    /** Whether it says something of ours below a prefix that is configured no more. */
    boolean isLeft(Pod pod) {
        return !codec.leftovers(kept(pod)).isEmpty();
    }

    private Map<String, String> kept(Pod pod) {
        try {
            return store.map(from -> from.read(pod.uid())).orElse(Map.of());
        } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
            LOG.warn("what is kept with pod {} cannot be read", pod.fullName(), failure);
            return Map.of();
        }
    }

    /** Why the pod's last limit went: said with the pod once none is left. */
    void released(String uid, Instant at, String reason) {
        released.put(uid, new Last(at, reason));
    }

    /** @param limits what the kernel has, by container name; none where it has none */
    void reflect(Pod pod, SortedMap<String, SortedMap<DeviceId, SmartLimit>> limits, Moment now) {
        if (store.isEmpty()) {
            return;
        }
        var said = read(pod, now);
        var leftovers = codec.leftovers(kept(pod));
        if (leftovers.isEmpty() && (limits.isEmpty() ? isReleased(said, pod.uid()) : says(said, limits))) {
            sent.remove(pod.uid());
            return;
        }
        var changes = new LinkedHashMap<>(
                codec.sparing(limits.isEmpty() ? gone(pod, now) : codec.limited(limits, identity), pod.annotations()));
        changes.putAll(leftovers);
        var before = sent.get(pod.uid());
        if (before != null && before.changes().equals(changes) && now.nanos() - before.until() < 0) {
            return;
        }
        sent.put(pod.uid(), new Sent(changes, now.nanos() + HEARD_BACK.toNanos()));
        var ref = PodRef.of(pod);
        patch(ref, changes)
                .whenComplete((result, failure) -> answers.add(new Answer(
                        ref,
                        changes,
                        result == null ? new StateStore.Result.Failed("the state store failed: " + failure) : result)));
    }

    private CompletionStage<StateStore.Result> patch(PodRef pod, Map<String, Optional<String>> changes) {
        try {
            return Objects.requireNonNull(store.orElseThrow().patch(pod, changes), "patch() gave null");
        } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Where nobody was there when the limit went the time is remembered, else each try would be another patch. */
    private Map<String, Optional<String>> gone(Pod pod, Moment now) {
        var carried = released.containsKey(pod.uid())
                ? Optional.<Map<String, Optional<String>>>empty()
                : codec.carried(kept(pod));
        return carried.orElseGet(() -> {
            var last = released.computeIfAbsent(
                    pod.uid(), absent -> new Last(now.instant(), "the limit is in force no more"));
            return codec.released(last.at(), last.reason());
        });
    }

    /** What became of the patches since the last time. */
    void answers(long now, BiConsumer<PodRef, StateStore.Result> refused) {
        for (var answer = answers.poll(); answer != null; answer = answers.poll()) {
            var result = answer.result();
            if (result instanceof StateStore.Result.Stored || result instanceof StateStore.Result.Gone) {
                continue;
            }
            refused.accept(answer.pod(), result);
            var pause = result instanceof StateStore.Result.Failed ? AFTER_FAILURE : AFTER_REFUSAL;
            var changes = answer.changes();
            sent.computeIfPresent(
                    answer.pod().uid(),
                    (uid, before) ->
                            before.changes().equals(changes) ? new Sent(changes, now + pause.toNanos()) : before);
        }
    }

    void retain(Set<String> uids) {
        try {
            store.ifPresent(all -> all.retain(uids));
        } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
            LOG.warn("the state store cannot forget pods that are no more", failure);
        }
        sent.keySet().retainAll(uids);
        released.keySet().retainAll(uids);
    }

    /** Whether nothing is said of a limit; what another prefix says holds until it was released by us. */
    private boolean isReleased(Remembered said, String uid) {
        return said.isEmpty() || !said.ofConfiguredPrefix() && !released.containsKey(uid);
    }

    private boolean says(Remembered said, SortedMap<String, SortedMap<DeviceId, SmartLimit>> limits) {
        var identities = new HashMap<String, Set<String>>();
        for (var container : limits.entrySet()) {
            for (var limit : container.getValue().entrySet()) {
                var disk = identity.apply(limit.getKey());
                if (said.of(container.getKey(), disk)
                        .filter(it -> it.isSameAs(limit.getValue()))
                        .isEmpty()) {
                    return false;
                }
                identities
                        .computeIfAbsent(container.getKey(), name -> new HashSet<>())
                        .add(disk);
            }
        }
        return said.exact().entrySet().stream().allMatch(entry -> identities
                .getOrDefault(entry.getKey(), Set.of())
                .containsAll(entry.getValue().keySet()));
    }
}
