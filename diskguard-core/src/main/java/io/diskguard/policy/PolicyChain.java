/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import io.diskguard.config.GuardConfig;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.LimitPolicy.Phase;
import io.diskguard.spi.LimitPolicy.Problem;
import io.diskguard.spi.LimitPolicy.Proposed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Decides the limit of a container on a disk in three phases: BASE (for each number the first policy that does not abstain),
 * TIGHTEN (the strictest), and the configured ceiling, which binds whatever came before. A policy that throws costs its own
 * proposal only and is reported. Immutable; thread-safe as its policies are.
 */
public final class PolicyChain {
    private final List<Link> links;
    private final List<Problem> rejected;
    private final Ceiling ceiling;

    private PolicyChain(List<Link> links, List<Problem> rejected, Ceiling ceiling) {
        this.links = List.copyOf(links);
        this.rejected = List.copyOf(rejected);
        this.ceiling = ceiling;
    }

    /** The built-in policies (annotation at order 100, defaults at 1000) and these. */
    public static PolicyChain of(GuardConfig config, List<LimitPolicy> custom) {
        var policies = new ArrayList<LimitPolicy>();
        policies.add(new AnnotationPolicy(config.annotationPrefix()));
        policies.add(new DefaultsPolicy(config.limits().defaults()));
        policies.addAll(custom);
        var links = new ArrayList<Link>();
        var rejected = new ArrayList<Problem>();
        for (var policy : policies) {
            try {
                links.add(Link.of(policy));
            } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
                rejected.add(failed(policy.getClass().getName(), failure));
            }
        }
        links.sort(Comparator.comparing(Link::phase).thenComparing(Link::order).thenComparing(Link::name));
        return new PolicyChain(links, rejected, new Ceiling(config.limits().ceiling()));
    }

    /** The limit, with the origin of each number; never throws for what a policy does. */
    public Decision decide(LimitPolicy.Subject subject) {
        var draft = new Draft();
        draft.problems(rejected);
        for (var link : links) {
            try {
                // looked through whole before any of it counts, as a plugin may leave nulls in it
                var proposal = Objects.requireNonNull(link.policy().propose(subject), "propose() gave null");
                proposal.numbers().forEach((key, proposed) -> check(key, proposed));
                proposal.numbers().forEach((key, proposed) -> {
                    if (link.phase() == Phase.BASE) {
                        draft.base(key, proposed);
                    } else {
                        draft.tighten(key, proposed);
                    }
                });
                draft.problems(proposal.problems());
            } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
                draft.problems(List.of(failed(link.name(), failure)));
            }
        }
        draft.raiseToFloor();
        ceiling.bind(draft);
        return draft.decision();
    }

    private static void check(Object key, Proposed proposed) {
        Objects.requireNonNull(key, "a number without a key");
        Objects.requireNonNull(proposed.rate(), "a number without a rate");
        Objects.requireNonNull(proposed.origin(), "a number without an origin");
    }

    private static Problem failed(String policy, Throwable failure) {
        return new Problem("policy " + policy, failure.toString(), "a proposal; it failed, so its own is left out");
    }

    private record Link(LimitPolicy policy, Phase phase, int order, String name) {
        static Link of(LimitPolicy policy) {
            return new Link(
                    policy,
                    Objects.requireNonNull(policy.phase(), "phase() gave null"),
                    policy.order(),
                    Objects.requireNonNull(policy.name(), "name() gave null"));
        }
    }
}
