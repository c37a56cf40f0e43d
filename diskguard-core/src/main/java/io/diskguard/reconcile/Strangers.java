/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.spi.PodCgroups.ContainerCgroup;
import io.diskguard.spi.RuntimeResolver.Resolution;
import io.diskguard.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whose the cgroups of a pod are that its status does not name, sandboxes among them. The runtime's answer about each is
 * remembered as long as its cgroup is there. Thread-safe.
 */
final class Strangers {
    /** By then the pod's status names a container that just started, and nobody need be asked. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration RARELY = Duration.ofMinutes(10);
    /** A runtime that hangs takes as long for each question as it may: the loop has other things to do in between. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private static final int MOST = 8192;
    private static final int MOST_SCHEMES = 4;

    private final Function<ContainerId, Resolution> runtime;
    private final Ticker ticker;
    private final Object lock = new Object();
    private final Map<CgroupPath, Identity> known = new LinkedHashMap<>();
    private final Map<CgroupPath, Question> questions = new LinkedHashMap<>();
    private final Set<String> schemes = new LinkedHashSet<>();
    private final Set<String> pods = new HashSet<>();

    Strangers(Function<ContainerId, Resolution> runtime, Ticker ticker) {
        this.runtime = runtime;
        this.ticker = ticker;
    }

    /** What a cgroup turned out to be. */
    sealed interface Identity {
        /** A pod's sandbox (pause), which is never limited. */
        record Sandbox() implements Identity {}

        /** It was there before us, besides containers that are all known: the sandbox, by all appearances. */
        record Presumed() implements Identity {}

        /** @param name of the container in its pod */
        record Named(ContainerId id, String name) implements Identity {}
    }

    /** @param at when to ask, in the ticker's nanoseconds */
    private record Question(Pod pod, ContainerCgroup cgroup, Duration delay, long at) {}

    /** Whose it is, if that is known already. */
    Optional<Identity> of(CgroupPath cgroup) {
        synchronized (lock) {
            return Optional.ofNullable(known.get(cgroup));
        }
    }

    /** Asks the runtime now; empty if it does not know. */
    Optional<Identity> ask(Pod pod, ContainerCgroup cgroup) {
        for (var scheme : schemes(pod)) {
            var id = new ContainerId(scheme, cgroup.id());
            if (runtime.apply(id) instanceof Resolution.Found found) {
                var identity = found.sandbox()
                        ? Optional.<Identity>of(new Identity.Sandbox())
                        : found.name().<Identity>map(name -> new Identity.Named(id, name));
                if (identity.isPresent()) {
                    remember(cgroup.path(), identity.get());
                    return identity;
                }
            }
        }
        return Optional.empty();
    }

    private void remember(CgroupPath cgroup, Identity identity) {
        synchronized (lock) {
            questions.remove(cgroup);
            known.put(cgroup, identity);
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        }
    }

    /** The pod's own first; a pod that has no id yet is of a runtime that others on the node have. */
    private List<String> schemes(Pod pod) {
        synchronized (lock) {
            var own = schemesOf(pod).toList();
            own.stream().filter(scheme -> schemes.size() < MOST_SCHEMES).forEach(schemes::add);
            return Stream.concat(own.stream(), schemes.stream()).distinct().toList();
        }
    }

    private static Stream<String> schemesOf(Pod pod) {
        return pod.containers().stream()
                .flatMap(container -> container.id().stream())
                .map(ContainerId::scheme)
                .distinct();
    }

    /** Takes note of the pod; whether it was not met before. */
    boolean meet(Pod pod) {
        schemes(pod);
        synchronized (lock) {
            return pods.add(pod.uid());
        }
    }

    /** It is left alone, and asked about only where something of ours is on it. */
    void presume(CgroupPath cgroup) {
        synchronized (lock) {
            if (known.size() < MOST) {
                known.putIfAbsent(cgroup, new Identity.Presumed());
            }
        }
    }

    /** It is to be found out when there is time. */
    void note(Pod pod, ContainerCgroup cgroup) {
        synchronized (lock) {
            var before = questions.get(cgroup.path());
            var at = before == null ? ticker.nanos() + PATIENCE.toNanos() : before.at();
            if (before != null || questions.size() < MOST) {
                questions.put(cgroup.path(), new Question(pod, cgroup, before == null ? PATIENCE : before.delay(), at));
            }
        }
    }

    /**
     * Asks what is due, as much of it as can be asked in a second: the rest stays due.
     *
     * @param idle whether there is nothing better to do; looked at before each question
     * @return uids of the pods of which something was learned
     */
    Set<String> askDue(BooleanSupplier idle) {
        var learned = new LinkedHashSet<String>();
        var begin = ticker.nanos();
        for (var question : due()) {
            if (!idle.getAsBoolean() || ticker.nanos() - begin >= AT_ONCE.toNanos()) {
                break;
            }
            later(question);
            ask(question.pod(), question.cgroup())
                    .ifPresent(it -> learned.add(question.pod().uid()));
        }
        return learned;
    }

    private List<Question> due() {
        synchronized (lock) {
            var now = ticker.nanos();
            return questions.values().stream()
                    .filter(question -> now - question.at() >= 0)
                    .toList();
        }
    }

    private void later(Question question) {
        synchronized (lock) {
            var doubled = question.delay().multipliedBy(2);
            var delay = doubled.compareTo(RARELY) < 0 ? doubled : RARELY;
            questions.replace(
                    question.cgroup().path(),
                    new Question(question.pod(), question.cgroup(), delay, ticker.nanos() + delay.toNanos()));
        }
    }

    /** How long until a question is due; empty while there is none. */
    Optional<Duration> untilDue() {
        synchronized (lock) {
            var now = ticker.nanos();
            return questions.values().stream()
                    .map(question -> Duration.ofNanos(Math.max(0, question.at() - now)))
                    .min(Duration::compareTo);
        }
    }

    /** Its pod's status names it now. */
    void forget(CgroupPath cgroup) {
        synchronized (lock) {
            questions.remove(cgroup);
            known.remove(cgroup);
        }
    }

    /** Forgets the other pods, and the cgroups that are gone. */
    void retain(Set<String> uids, Predicate<CgroupPath> exists) {
        List<CgroupPath> all;
        synchronized (lock) {
            pods.retainAll(uids);
            all = new ArrayList<>(known.keySet());
            all.addAll(questions.keySet());
        }
        all.stream().filter(exists.negate()).forEach(this::forget);
    }
}
