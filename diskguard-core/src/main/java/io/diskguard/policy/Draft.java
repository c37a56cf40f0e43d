/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.spi.LimitPolicy.Phase;
import io.diskguard.spi.LimitPolicy.Problem;
import io.diskguard.spi.LimitPolicy.Proposal;
import io.diskguard.spi.LimitPolicy.Proposed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A decision in the making: plain arrays, as a plan makes thousands. Used by one thread. */
final class Draft {
    private static final String NONE = "none";
    private static final LimitKey[] KEYS = LimitKey.values();

    private final Rate[] rates = {Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED};
    private final String[] origins = {NONE, NONE, NONE, NONE};
    private Optional<SmartLimit> smart = Optional.empty();
    private int said;
    private List<Problem> problems = List.of();
    private List<Decision.Failure> failures = List.of();

    /**
     * Takes what a policy proposes; looked through whole before any of it counts, as a plugin may leave nulls in it.
     *
     * @throws NullPointerException if a number lacks its rate or its origin
     */
    void take(String policy, Phase phase, Proposal proposal) {
        var numbers = proposal.numbers();
        if (!numbers.isEmpty()) {
            check(numbers);
            for (var key : KEYS) {
                var proposed = numbers.get(key);
                if (proposed != null) {
                    take(policy, phase, key, proposed);
                }
            }
        }
        if (!proposal.problems().isEmpty()) {
            problems = joined(problems, proposal.problems());
        }
    }

    private void take(String policy, Phase phase, LimitKey key, Proposed proposed) {
        var rate = floored(policy, key, proposed.rate());
        if (phase == Phase.TIGHTEN) {
            tighten(key, rate, proposed.origin());
            said |= 1 << key.ordinal();
        } else if ((said & 1 << key.ordinal()) == 0) {
            said |= 1 << key.ordinal();
            rates[key.ordinal()] = rate;
            origins[key.ordinal()] = proposed.origin();
        }
    }

    /** Starts from a limit that was decided before. */
    void hold(IoLimit before, String origin) {
        for (var key : KEYS) {
            tighten(key, before.get(key), origin);
        }
    }

    /** Takes the number if it is stricter than the one that holds. */
    void tighten(LimitKey key, Rate rate, String origin) {
        if (rate.isStricterThan(rates[key.ordinal()])) {
            rates[key.ordinal()] = rate;
            origins[key.ordinal()] = origin;
        }
    }

    /** A number that the kernel would not take, or that would stall a container, is raised. */
    private Rate floored(String policy, LimitKey key, Rate rate) {
        if (rate instanceof Rate.PerSecond limited && limited.value() < key.floor()) {
            failed(policy, "proposed " + key.key() + "=" + rate + "; the least is " + key.floor() + ", which is used");
            return Rate.perSecond(key.floor());
        }
        return rate;
    }

    void failed(String policy, String reason) {
        failures = joined(failures, List.of(new Decision.Failure(policy, reason)));
    }

    /** Binds what the load decided: as a policy that tightens. */
    void bind(SmartLimit limit) {
        smart = Optional.of(limit);
        var origin = "smart " + limit.window();
        for (var key : KEYS) {
            if (!limit.rates().get(key).isUnlimited()) {
                tighten(key, limit.rates().get(key), origin);
                said |= 1 << key.ordinal();
            }
        }
    }

    /** Whether anything was said at all. */
    boolean isSaid() {
        return said != 0;
    }

    Decision decision() {
        return new Decision(
                new IoLimit(
                        rates[LimitKey.RIOPS.ordinal()],
                        rates[LimitKey.WIOPS.ordinal()],
                        rates[LimitKey.RBPS.ordinal()],
                        rates[LimitKey.WBPS.ordinal()]),
                new Decision.Origins(
                        origins[LimitKey.RIOPS.ordinal()],
                        origins[LimitKey.WIOPS.ordinal()],
                        origins[LimitKey.RBPS.ordinal()],
                        origins[LimitKey.WBPS.ordinal()]),
                smart,
                problems,
                failures);
    }

    private static void check(Map<LimitKey, Proposed> numbers) {
        for (var key : KEYS) {
            var proposed = numbers.get(key);
            var isSaid = proposed != null || numbers.containsKey(key);
            if (isSaid && (proposed == null || proposed.rate() == null || proposed.origin() == null)) {
                throw new NullPointerException("the number " + key.key() + " lacks its rate or its origin");
            }
        }
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        var all = new ArrayList<>(some);
        more.stream().filter(one -> !all.contains(one)).forEach(all::add);
        return all;
    }
}
