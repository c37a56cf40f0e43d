/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.config.SmartSettings;
import io.diskguard.config.SmartWindow;
import io.diskguard.history.HistoryShape;
import io.diskguard.history.LoadHistory;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartDecision.Kind;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.SmartLimits;
import io.diskguard.policy.smart.Surroundings;
import io.diskguard.smart.Release.Released;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Takes rounds of samples and decides by them; the running agent and {@code simulate} are this class with different inputs.
 * It asks no clock and reads no file: the same calls give the same decisions. Not thread-safe.
 */
public final class SmartEngine {
    private static final Comparator<SmartDecision> IN_ORDER =
            Comparator.comparing(SmartDecision::container).thenComparing(SmartDecision::disk);

    private final Map<ContainerKey, Case> cases = new HashMap<>();
    private SmartSettings settings;
    private HistoryShape shape;
    private Throttling throttling;
    private Release release;
    /** What is known of the disks, also while nobody asks for it. */
    private Optional<ContentionMeter> meter;
    /** The same while it counts. */
    private Optional<ContentionMeter> contention;

    private SmartLimits limits = SmartLimits.NONE;

    public SmartEngine(SmartSettings settings) {
        this.settings = settings;
        this.shape = shape(settings);
        this.throttling = new Throttling(settings);
        this.release = new Release(settings);
        this.meter = settings.onlyUnderPressure().map(gate -> new ContentionMeter(gate, settings.monitorInterval()));
        this.contention = meter;
    }

    private static HistoryShape shape(SmartSettings settings) {
        return HistoryShape.of(
                settings.windows().stream().map(SmartWindow::length).toList(), settings.monitorInterval());
    }

    /** Decides by other settings from the next round on; nothing that is known or in force is forgotten. */
    public void reconfigure(SmartSettings next) {
        settings = next;
        throttling = new Throttling(next);
        release = new Release(next);
        shape = shape(next);
        cases.values().forEach(known -> known.tracks.values().forEach(track -> track.load.reshape(shape)));
        var interval = next.monitorInterval();
        contention = next.onlyUnderPressure().map(gate -> meter.orElseGet(() -> new ContentionMeter(gate, interval))
                .at(gate, interval));
        if (contention.isEmpty() || !next.enabled()) {
            meter.ifPresent(ContentionMeter::pause);
        }
        meter = contention.or(() -> meter);
    }

    /** What is known of one container. */
    private static final class Case {
        private final SortedMap<Disk, Track> tracks = new TreeMap<>();
        private Optional<Released> released = Optional.empty();
    }

    /** What is known of one container on one disk. */
    private static final class Track {
        private final LoadHistory load;
        private Optional<Standing> standing = Optional.empty();
        /** Since when the container was sampled without this disk. */
        private Optional<Long> unseen = Optional.empty();
        /** What the last trigger without effect was, so that it is told once. */
        private Optional<String> inVain = Optional.empty();

        Track(HistoryShape shape) {
            load = new LoadHistory(shape);
        }
    }

    /** Decides about every container and disk that has been sampled; in an order that depends on nothing else. */
    public List<SmartDecision> decide(Round round, Surroundings surroundings) {
        for (var sample : round.samples()) {
            var known = cases.computeIfAbsent(sample.container(), absent -> new Case());
            sample.counters().forEach((disk, counters) -> known.tracks
                    .computeIfAbsent(disk, absent -> new Track(shape))
                    .load
                    .sampled(sample.source(), sample.id(), sample.nanos(), counters));
            known.tracks.forEach(
                    (disk, track) -> track.unseen = sample.counters().containsKey(disk)
                            ? Optional.empty()
                            : track.unseen.or(() -> Optional.of(round.at().nanos())));
        }
        for (var container : round.absent()) {
            var known = cases.get(container);
            if (known != null) {
                known.tracks
                        .values()
                        .forEach(track -> track.load.absent(round.at().nanos()));
            }
        }
        contention.ifPresent(meter -> meter.take(round, (container, disk) -> isLimited(container, disk, surroundings)));
        var decisions = new ArrayList<SmartDecision>();
        cases.forEach((container, known) -> known.tracks.forEach((disk, track) ->
                decide(container, known, disk, track, round.at(), surroundings).ifPresent(decisions::add)));
        forget(round.at().nanos());
        return told(decisions);
    }

    private Optional<SmartDecision> decide(
            ContainerKey container, Case known, Disk disk, Track track, Moment now, Surroundings surroundings) {
        var statics = surroundings.statics(container, disk);
        var yardstick = new Yardstick(settings, statics, surroundings.capacity(disk));
        var trigger = Trigger.find(settings.windows(), track.load, now.nanos(), yardstick)
                .filter(found ->
                        contention.map(meter -> meter.isContended(disk.id())).orElse(true));
        if (trigger.isPresent()) {
            var before = track.standing.map(Standing::limit);
            var delay = release.delayAfter(known.released, now.nanos());
            var believed = track.standing.map(Standing::believed).orElse(Set.of());
            var after = throttling.tightened(trigger.get(), statics, before, believed, delay, now.instant());
            if (after.isPresent()) {
                track.standing = Optional.of(new Standing(
                        after.get(),
                        now.nanos(),
                        now.nanos(),
                        believed.stream()
                                .filter(key -> !trigger.get().exceeded().contains(key))
                                .collect(Collectors.toUnmodifiableSet())));
                track.inVain = Optional.empty();
                var kind = before.isPresent() ? Kind.UPDATE : Kind.APPLY;
                return Optional.of(new SmartDecision(
                        now.instant(),
                        kind,
                        container,
                        disk,
                        before,
                        after,
                        after.get().reason()));
            }
        }
        if (track.standing.isPresent()) {
            return released(container, known, disk, track, now, yardstick);
        }
        return inVain(container, disk, track, trigger, now.instant());
    }

    private static Optional<SmartDecision> inVain(
            ContainerKey container, Disk disk, Track track, Optional<Trigger> trigger, Instant now) {
        var why = trigger.map(found -> found.window().name() + found.exceeded());
        var isNew = why.isPresent() && !why.equals(track.inVain);
        track.inVain = why;
        return isNew
                ? Optional.of(new SmartDecision(
                        now,
                        Kind.NO_EFFECT,
                        container,
                        disk,
                        Optional.empty(),
                        Optional.empty(),
                        trigger.get().reason()))
                : Optional.empty();
    }

    private Optional<SmartDecision> released(
            ContainerKey container, Case known, Disk disk, Track track, Moment now, Yardstick yardstick) {
        var standing = track.standing.orElseThrow();
        if (track.unseen
                .filter(since -> now.nanos() - since > shape.longest().toNanos())
                .isPresent()) {
            // No load says that it may go, for none will be heard of: the disk is away, or configured no more
            var before = known.released;
            var gone = release(container, known, disk, track, "the container is not limited on the disk any more", now);
            known.released = before;
            return Optional.of(gone);
        }
        var calm = contention.map(meter -> meter.calm(disk.id())).orElse(Duration.ZERO);
        var reason = Optional.<String>empty();
        if (contention.isPresent()
                && !calm.isZero()
                && calm.compareTo(standing.limit().removeDelay()) >= 0) {
            reason = Optional.of("the disk has not been contended for " + calm.toSeconds() + " s");
        } else if (release.isDue(standing, now.nanos())) {
            track.standing = Optional.of(standing.checkedAt(now.nanos()));
            reason = release.reason(standing, track.load, now.nanos(), yardstick);
        }
        return reason.map(why -> release(container, known, disk, track, why, now));
    }

    private static SmartDecision release(
            ContainerKey container, Case known, Disk disk, Track track, String reason, Moment now) {
        var limit = track.standing.orElseThrow().limit();
        track.standing = Optional.empty();
        known.released = Optional.of(new Released(now.nanos(), limit.removeDelay()));
        return new SmartDecision(
                now.instant(), Kind.RELEASE, container, disk, Optional.of(limit), Optional.empty(), reason);
    }

    /**
     * Takes a limit from before this process; it stays until the load says otherwise. Nothing if there is one already, unless
     * that was only believed.
     */
    public List<SmartDecision> restore(ContainerKey container, Disk disk, SmartLimit limit, Moment now) {
        return restore(container, disk, limit, Set.of(), now);
    }

    /** The same of one that anybody may have written: it only tightens, so it keeps no stricter one from coming. */
    public List<SmartDecision> believe(ContainerKey container, Disk disk, SmartLimit limit, Moment now) {
        return restore(container, disk, limit, Set.of(LimitKey.values()), now);
    }

    private List<SmartDecision> restore(
            ContainerKey container, Disk disk, SmartLimit limit, Set<LimitKey> believed, Moment now) {
        var track = cases.computeIfAbsent(container, absent -> new Case())
                .tracks
                .computeIfAbsent(disk, absent -> new Track(shape));
        var isBelieved = track.standing.filter(it -> it.believed().size() == LimitKey.values().length);
        if (track.standing.isPresent() && (isBelieved.isEmpty() || !believed.isEmpty())) {
            return List.of();
        }
        var age = age(limit.at(), now);
        track.standing = Optional.of(new Standing(limit, now.nanos() - age.toNanos(), now.nanos(), believed));
        return told(List.of(new SmartDecision(
                now.instant(), Kind.RESTORE, container, disk, Optional.empty(), Optional.of(limit), limit.reason())));
    }

    /** Takes note of a release from before this process: who relapses is limited for longer. */
    public void restoreRelease(ContainerKey container, Instant at, Moment now) {
        var known = cases.computeIfAbsent(container, absent -> new Case());
        if (known.released.isEmpty()) {
            var delay = settings.release().delay();
            known.released = Optional.of(new Released(now.nanos() - age(at, now).toNanos(), delay));
        }
    }

    /** By the clock; one that was turned back makes nothing older than it is. */
    private static Duration age(Instant at, Moment now) {
        var age = Duration.between(at, now.instant());
        return age.isNegative() ? Duration.ZERO : age.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1) : age;
    }

    /** Takes back all limits of the containers, whatever their load. */
    public List<SmartDecision> release(Predicate<ContainerKey> containers, String reason, Moment now) {
        var decisions = new ArrayList<SmartDecision>();
        cases.forEach((container, known) -> {
            if (containers.test(container)) {
                known.tracks.forEach((disk, track) -> {
                    if (track.standing.isPresent()) {
                        decisions.add(release(container, known, disk, track, reason, now));
                    }
                });
            }
        });
        return told(decisions);
    }

    /** The same of all, by who operates the node: who triggers again has not relapsed. */
    public List<SmartDecision> withdraw(String reason, Moment now) {
        var before = new HashMap<ContainerKey, Optional<Released>>();
        cases.forEach((container, known) -> before.put(container, known.released));
        var decisions = release(container -> true, reason, now);
        before.forEach((container, released) -> cases.get(container).released = released);
        return decisions;
    }

    /** Forgets the other containers, with their limits; nothing is decided by that. */
    public void retain(Predicate<ContainerKey> containers) {
        if (cases.keySet().removeIf(containers.negate())) {
            limits = snapshot();
        }
    }

    /** The limits in force now. */
    public SmartLimits limits() {
        return limits;
    }

    private boolean isLimited(ContainerKey container, Disk disk, Surroundings surroundings) {
        return limits.of(container, disk.id()).isPresent()
                || !surroundings.statics(container, disk).isUnlimited();
    }

    /** What was on a disk that the container has no more. */
    private void forget(long now) {
        cases.values().removeIf(known -> {
            known.tracks.values().removeIf(track -> track.standing.isEmpty() && track.load.isStale(now));
            return known.tracks.isEmpty()
                    && known.released
                            .filter(last -> now - last.at() <= Release.RELAPSE.toNanos())
                            .isEmpty();
        });
    }

    private List<SmartDecision> told(List<SmartDecision> decisions) {
        if (decisions.stream().anyMatch(decision -> decision.kind() != Kind.NO_EFFECT)) {
            limits = snapshot();
        }
        return decisions.stream().sorted(IN_ORDER).toList();
    }

    private SmartLimits snapshot() {
        var byContainer = new TreeMap<ContainerKey, SortedMap<DeviceId, SmartLimit>>();
        cases.forEach((container, known) -> {
            var byDisk = new TreeMap<DeviceId, SmartLimit>();
            known.tracks.forEach(
                    (disk, track) -> track.standing.ifPresent(standing -> byDisk.put(disk.id(), standing.limit())));
            byContainer.put(container, byDisk);
        });
        return new SmartLimits(byContainer);
    }
}
