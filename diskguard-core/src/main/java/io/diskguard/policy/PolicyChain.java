/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import io.diskguard.config.GuardConfig;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.LimitPolicy.Phase;
import io.diskguard.spi.LimitPolicy.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Decides the limit of a container on a disk in three phases: BASE (for each number the first policy that does not abstain),
 * TIGHTEN (the strictest), and the configured ceiling, which binds whatever came before. A policy that throws costs its own
 * proposal only and is reported. Immutable; thread-safe as its policies are.
 */
public final class PolicyChain {
    private final AnnotationPolicy annotations;
    private final List<Link> links;
    private final List<Decision.Failure> rejected;
    private final Ceiling ceiling;

    private PolicyChain(
            AnnotationPolicy annotations, List<Link> links, List<Decision.Failure> rejected, Ceiling ceiling) {
        this.annotations = annotations;
        this.links = List.copyOf(links);
        this.rejected = List.copyOf(rejected);
        this.ceiling = ceiling;
    }

    /** The built-in policies and these. */
    public static PolicyChain of(GuardConfig config, List<LimitPolicy> custom) {
        var annotations = new AnnotationPolicy(config.annotationPrefix());
        var policies = new ArrayList<LimitPolicy>();
        policies.add(annotations);
        policies.add(new DefaultsPolicy(config.limits().defaults()));
        policies.addAll(custom);
        var links = new ArrayList<Link>();
        var rejected = new ArrayList<Decision.Failure>();
        for (var policy : policies) {
            try {
                links.add(Link.of(policy));
            } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
                rejected.add(new Decision.Failure(policy.getClass().getName(), failure.toString()));
            }
        }
        links.sort(Comparator.comparing(Link::phase).thenComparing(Link::order).thenComparing(Link::name));
        return new PolicyChain(
                annotations, links, rejected, new Ceiling(config.limits().ceiling()));
    }

    /** The policies that come with DiskGuard: annotation at order 100, defaults at 1000. The ceiling is none of them. */
    public static List<LimitPolicy> builtIn(GuardConfig config) {
        return List.of(
                new AnnotationPolicy(config.annotationPrefix()),
                new DefaultsPolicy(config.limits().defaults()));
    }

    /** The limit without any smart one. */
    public Decision decide(LimitPolicy.Subject subject) {
        return decide(subject, Optional.empty());
    }

    /** The limit, with the origin of each number; never throws for what a policy does. */
    public Decision decide(LimitPolicy.Subject subject, Optional<SmartLimit> smart) {
        var draft = new Draft();
        for (var i = 0; i < links.size(); i++) {
            var link = links.get(i);
            try {
                var proposal = Objects.requireNonNull(link.policy().propose(subject), "propose() gave null");
                draft.take(link.name(), link.phase(), proposal);
            } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
                draft.failed(link.name(), failure.toString());
            }
        }
        smart.ifPresent(draft::bind);
        ceiling.bind(subject.use(), draft);
        return draft.decision();
    }

    /** A limit that was decided before and holds on, as far as the ceiling lets it. */
    public Decision held(IoLimit before, String origin, Optional<SmartLimit> smart) {
        var draft = new Draft();
        smart.ifPresent(draft::bind);
        draft.hold(before, origin);
        ceiling.bind(draft);
        return draft.decision();
    }

    /** Whether the pod's owner opted out of limits: of those by load, too. */
    public boolean isExempt(Pod pod) {
        return annotations.isRemoved(pod);
    }

    /** What the pod's owner names besides the configured disks. */
    public Named named(Pod pod) {
        return annotations.named(pod);
    }

    /** What the pod's owner wrote wrong, whichever container and disk it is about. */
    public List<Problem> problems(Pod pod) {
        return annotations.problems(pod);
    }

    /** The policies that could not be taken into the chain. */
    public List<Decision.Failure> rejected() {
        return rejected;
    }

    /**
     * What the rules of a pod name.
     *
     * @param volumes names of the pod's volumes
     * @param rootfs whether one names the root file system
     * @param devices kernel names and {@code MAJ:MIN} of disks, limited though not configured
     */
    public record Named(Set<String> volumes, boolean rootfs, Set<String> devices) {
        /** Nothing. */
        public static final Named NOTHING = new Named(Set.of(), false, Set.of());

        public Named {
            volumes = Set.copyOf(volumes);
            devices = Set.copyOf(devices);
        }

        /** Whether a volume or the root file system is named: then the container's have to be looked for. */
        public boolean places() {
            return rootfs || !volumes.isEmpty();
        }
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
