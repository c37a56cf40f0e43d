/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.model.Disk;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartLimit;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one container did on one disk, and what was decided about that. Not thread-safe. */
final class Account {
    private static final int KEYS = LimitKey.values().length;

    private final String container;
    private final Disk disk;
    private final Map<SmartDecision.Kind, Integer> decisions = new EnumMap<>(SmartDecision.Kind.class);
    private final Set<LimitKey> limited = EnumSet.noneOf(LimitKey.class);
    private final double[] highest = new double[KEYS];
    private final double[] wanted = new double[KEYS];
    private final double[] above = new double[KEYS];
    private Optional<Curve> curve = Optional.empty();
    private Optional<SmartLimit> smart = Optional.empty();
    private Optional<Reading> last = Optional.empty();
    private Duration throttled = Duration.ZERO;

    Account(String container, Disk disk) {
        this.container = container;
        this.disk = disk;
    }

    private record Reading(String id, String source, long nanos, IoCounters counters) {}

    /** A stretch of the container's time on the disk: what it did, and what it would have done without limits. */
    record Stretch(double seconds, double[] done, double[] wanted) {}

    /** What it did since the last reading; empty if that is not known. What is wanted is what was done, as far as anybody knows. */
    Optional<Stretch> read(Round.Sampled sampled, IoCounters now) {
        var before = last;
        last = Optional.of(new Reading(sampled.id(), sampled.source(), sampled.nanos(), now));
        return before.filter(it -> it.id().equals(sampled.id())
                        && it.source().equals(sampled.source())
                        && it.nanos() < sampled.nanos())
                .flatMap(it -> {
                    var did = new double[] {
                        now.rios() - it.counters().rios(),
                                now.wios() - it.counters().wios(),
                        now.rbytes() - it.counters().rbytes(),
                                now.wbytes() - it.counters().wbytes()
                    };
                    for (var each : did) {
                        if (each < 0) {
                            return Optional.empty();
                        }
                    }
                    return Optional.of(new Stretch((sampled.nanos() - it.nanos()) / 1e9, did, did));
                });
    }

    /** Ticks from now on have nothing to do with those before. */
    void forgetReading() {
        last = Optional.empty();
    }

    void add(int index, Stretch stretch, IoLimit statics) {
        var allowed = allowed(statics);
        for (var key : LimitKey.values()) {
            var at = key.ordinal();
            highest[at] = Math.max(highest[at], stretch.done()[at] / stretch.seconds());
            wanted[at] += stretch.wanted()[at];
            if (isSmart(key) && allowed.get(key) instanceof Rate.PerSecond most) {
                above[at] += Math.max(0, stretch.wanted()[at] - most.value() * stretch.seconds());
            }
        }
        if (curve.isEmpty() && (decisions.size() > 0 || stretch.done()[0] + stretch.done()[1] > 0)) {
            curve = Optional.of(new Curve());
        }
        curve.ifPresent(it -> it.add(index, stretch.seconds(), stretch.done(), allowed));
    }

    void throttledFor(Duration time) {
        if (smart.isPresent()) {
            throttled = throttled.plus(time);
        }
    }

    void decided(SmartDecision decision, boolean isTold) {
        if (decision.kind() != SmartDecision.Kind.NO_EFFECT) {
            smart = decision.after();
        }
        if (isTold) {
            decisions.merge(decision.kind(), 1, Integer::sum);
            decision.after().ifPresent(limit -> limited.addAll(keys(limit)));
        }
    }

    void halve() {
        curve.ifPresent(Curve::halve);
    }

    /** The numbers that the limit limits. */
    static Set<LimitKey> keys(SmartLimit limit) {
        var keys = EnumSet.noneOf(LimitKey.class);
        for (var key : LimitKey.values()) {
            if (!limit.rates().get(key).isUnlimited()) {
                keys.add(key);
            }
        }
        return keys;
    }

    private IoLimit allowed(IoLimit statics) {
        return smart.map(limit -> statics.strictest(limit.rates())).orElse(statics);
    }

    private boolean isSmart(LimitKey key) {
        return smart.map(limit -> !limit.rates().get(key).isUnlimited()).orElse(false);
    }

    String container() {
        return container;
    }

    Disk disk() {
        return disk;
    }

    boolean isDecidedAbout() {
        return !decisions.isEmpty();
    }

    boolean isLimited() {
        return smart.isPresent();
    }

    int count(SmartDecision.Kind kind) {
        return decisions.getOrDefault(kind, 0);
    }

    /** The numbers that a smart limit limited at any time. */
    Set<LimitKey> limited() {
        return limited;
    }

    Duration throttled() {
        return throttled;
    }

    /** The highest rate between two readings, units a second. */
    double highest(LimitKey key) {
        return highest[key.ordinal()];
    }

    /** The part, 0 to 1, of what the container wanted to do that was above a smart limit in force. */
    double heldBack(LimitKey key) {
        return wanted[key.ordinal()] == 0 ? 0 : above[key.ordinal()] / wanted[key.ordinal()];
    }

    /** Empty if it did nothing and nothing was decided. */
    Optional<Curve> curve() {
        return curve;
    }
}
