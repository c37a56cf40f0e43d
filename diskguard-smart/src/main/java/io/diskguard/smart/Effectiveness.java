/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoRates;
import io.diskguard.model.PodRef;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.limiter.EscapeQuestion;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import io.diskguard.spi.LimitEscapes;
import io.diskguard.spi.LimitEscapes.Asked;
import io.diskguard.spi.LimitEscapes.Cause;
import io.diskguard.spi.LimitPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds limits that do not hold: by what was measured, and by what is seen of IO that gets past them. Only
 * {@link #current} is for any thread; all else is for one.
 */
public final class Effectiveness {
    private static final Logger LOG = LoggerFactory.getLogger(Effectiveness.class);

    /** So many containers a round are looked into, in turn: it takes files of each to be read. */
    static final int MOST_ASKED = 32;

    /** So many a round are thought about. */
    private static final int MOST_TRIED = 256;

    /** Once may be a burst. */
    private static final int ROUNDS = 2;

    private final LimitEscapes escapes;
    private PolicyChain policies;
    private final Map<ContainerKey, Observed> observed = new HashMap<>();
    private final Findings findings = new Findings();
    private volatile List<Ineffective> current = List.of();
    private int next;

    public Effectiveness(LimitEscapes escapes, PolicyChain policies) {
        this.escapes = escapes;
        this.policies = policies;
    }

    void reconfigure(PolicyChain next) {
        policies = next;
    }

    /**
     * Judges a round.
     *
     * @param watched the containers that were to be sampled
     * @param inKernel the limit that the kernel has now, as was last read back
     * @return what was found newly: what holds on is told once, and again only after it was gone for ten minutes
     */
    public List<Ineffective> judge(
            Round round, List<Watched> watched, BiFunction<ContainerKey, DeviceId, IoLimit> inKernel) {
        var nanos = round.at().nanos();
        var byKey = new HashMap<ContainerKey, Watched>();
        watched.forEach(on -> byKey.put(on.key(), on));
        observed.keySet().retainAll(byKey.keySet());
        findings.retain(byKey.keySet());
        var news = new ArrayList<Ineffective>();
        for (var sample : round.samples()) {
            var on = byKey.get(sample.container());
            if (on != null) {
                var limits = new HashMap<DeviceId, IoLimit>();
                kernel(on, inKernel).forEach((disk, limit) -> limits.put(disk.id(), limit));
                var before = observed.get(sample.container());
                var now = before == null ? Observed.first(sample, limits) : before.next(sample, limits);
                observed.put(sample.container(), now);
                news.addAll(findings.replace(on.key(), Cause.NOT_HELD::equals, notHeld(on, now), nanos));
            }
        }
        news.addAll(ask(watched, inKernel, nanos));
        current = findings.current();
        return news;
    }

    /** All that hold now, as far as was looked. */
    public List<Ineffective> current() {
        return current;
    }

    private static Map<Disk, IoLimit> kernel(Watched on, BiFunction<ContainerKey, DeviceId, IoLimit> inKernel) {
        var limits = new TreeMap<Disk, IoLimit>();
        var key = on.key();
        for (var disk : on.disks()) {
            var limit = inKernel.apply(key, disk.id());
            if (!limit.isUnlimited()) {
                limits.put(disk, limit);
            }
        }
        return limits;
    }

    private static List<Ineffective> notHeld(Watched on, Observed now) {
        var found = new ArrayList<Ineffective>();
        for (var disk : on.disks()) {
            if (now.over().getOrDefault(disk.id(), 0) >= ROUNDS) {
                var rates = now.rates().get(disk.id());
                var limit = now.limits().get(disk.id());
                if (rates != null && limit != null) {
                    found.add(new Ineffective(
                            PodRef.of(on.pod()),
                            on.container().name(),
                            Optional.of(disk),
                            Cause.NOT_HELD,
                            "observed " + Observed.exceeded(rates, limit) + "; the reason is not known",
                            Optional.of(rates),
                            limit));
                }
            }
        }
        return found;
    }

    private List<Ineffective> ask(
            List<Watched> watched, BiFunction<ContainerKey, DeviceId, IoLimit> inKernel, long nanos) {
        var news = new ArrayList<Ineffective>();
        if (escapes == LimitEscapes.NONE) {
            return news;
        }
        var host = Optional.<LimitEscapes>empty();
        var asked = 0;
        var tries = Math.min(watched.size(), MOST_TRIED);
        for (var i = 0; i < tries && asked < MOST_ASKED; i++) {
            next = (next + 1) % watched.size();
            var on = watched.get(next);
            var kernel = kernel(on, inKernel);
            var question = EscapeQuestion.of(policies, on.pod(), on.container(), on.cgroup(), meant(on, kernel));
            var found = List.<Ineffective>of();
            if (question.isPresent()) {
                asked++;
                try {
                    host = host.or(() -> Optional.of(escapes.look()));
                    found = answers(host.get(), question.get(), on, kernel);
                } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
                    LOG.debug("nothing is known of how {} gets past its limits", on.key(), failure);
                    continue;
                }
            }
            news.addAll(findings.replace(on.key(), cause -> cause != Cause.NOT_HELD, found, nanos));
        }
        return news;
    }

    /** Where the kernel has none there may be one that it does not take. */
    private Map<Disk, IoLimit> meant(Watched on, Map<Disk, IoLimit> kernel) {
        var limits = new TreeMap<>(kernel);
        for (var use : on.uses()) {
            if (!kernel.containsKey(use.disk())) {
                var limit = policies.decide(new LimitPolicy.Subject(on.pod(), Optional.of(on.container()), use))
                        .limit();
                if (!limit.isUnlimited()) {
                    limits.put(use.disk(), limit);
                }
            }
        }
        return limits;
    }

    private List<Ineffective> answers(LimitEscapes host, Asked question, Watched on, Map<Disk, IoLimit> kernel) {
        var found = new ArrayList<Ineffective>();
        var before = observed.get(on.key());
        for (var escape : host.of(question)) {
            var measured = before == null || escape.disk().isEmpty()
                    ? Optional.<IoRates>empty()
                    : Optional.ofNullable(before.rates().get(escape.disk().get().id()));
            Ineffective.of(question, escape, disk -> kernel.getOrDefault(disk, IoLimit.UNLIMITED), measured)
                    .ifPresent(found::add);
        }
        return found;
    }
}
