/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.policy.Decision;
import io.diskguard.spi.LimitPolicy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What was told already and need not be told at each resync. Not thread-safe. */
final class Told {
    private static final int MOST_FAILURES = 1000;
    private static final int MOST_PROBLEMS = 1000;

    private final Map<Place, IoLimit> foreign = new HashMap<>();
    private final Map<CgroupPath, String> unreadable = new HashMap<>();

    private final Map<String, Said> problems = new HashMap<>();
    private final Set<Decision.Failure> failures = new HashSet<>();

    private record Said(Map<String, String> annotations, Set<LimitPolicy.Problem> problems) {}

    private record Place(CgroupPath cgroup, DeviceId device) {}

    /** Which of these are news: a problem shows only while there is a container that it is about, and is told once all the same. */
    List<LimitPolicy.Problem> problems(Pod pod, Set<LimitPolicy.Problem> now) {
        var before = problems.get(pod.uid());
        var all = new HashSet<>(now);
        if (before != null
                && before.annotations().equals(pod.annotations())
                && before.problems().size() < MOST_PROBLEMS) {
            all.addAll(before.problems());
        }
        if (all.isEmpty()) {
            problems.remove(pod.uid());
        } else {
            problems.put(pod.uid(), new Said(pod.annotations(), all));
        }
        return now.stream()
                .filter(problem -> before == null || !before.problems().contains(problem))
                .toList();
    }

    /** Forgets pods that are no more. */
    void retain(Set<String> uids) {
        problems.keySet().retainAll(uids);
    }

    /** Whether this limit of somebody else is news. */
    boolean foreign(Action.LeaveForeign action) {
        var before = foreign.put(new Place(action.cgroup(), action.device()), action.before());
        return !action.before().equals(before);
    }

    /** Whether it is news that the cgroup cannot be read for this reason; none: it can. */
    boolean unreadable(CgroupPath cgroup, Optional<String> reason) {
        if (reason.isEmpty()) {
            unreadable.remove(cgroup);
            return false;
        }
        return !reason.get().equals(unreadable.put(cgroup, reason.get()));
    }

    /** Whether this failure of a policy is news. */
    boolean failure(Decision.Failure failure) {
        if (failures.size() >= MOST_FAILURES) {
            failures.clear();
        }
        return failures.add(failure);
    }

    /** Forgets cgroups that are gone. */
    void prune(Predicate<CgroupPath> exists) {
        foreign.keySet().removeIf(place -> !exists.test(place.cgroup()));
        unreadable.keySet().removeIf(exists.negate());
    }
}
