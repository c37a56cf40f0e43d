/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.SmartLimit;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** What was decided and the kernel does not have yet. Used by the loop's thread. */
final class Underway {
    private final Map<Subject, Pending> pending = new HashMap<>();

    private record Subject(ContainerKey container, DeviceId disk) {}

    /** @param before what the kernel has until then */
    private record Pending(Recorded newest, Optional<SmartLimit> before) {}

    void decided(Recorded recorded) {
        var decision = recorded.decision();
        pending.merge(
                new Subject(decision.container(), decision.disk().id()),
                new Pending(recorded, decision.before()),
                (first, last) -> new Pending(last.newest(), first.before()));
    }

    /**
     * Settles what the kernel has of a pod now.
     *
     * @param inForce the pod's limits, in which those that the kernel still has take the place of those that it does not
     */
    void settle(
            String uid,
            BiPredicate<ContainerKey, DeviceId> taken,
            SortedMap<String, SortedMap<DeviceId, SmartLimit>> inForce,
            Consumer<Recorded> took) {
        for (var each = pending.entrySet().iterator(); each.hasNext(); ) {
            var entry = each.next();
            var subject = entry.getKey();
            if (subject.container().podUid().equals(uid)) {
                if (taken.test(subject.container(), subject.disk())) {
                    took.accept(entry.getValue().newest());
                    each.remove();
                } else {
                    put(inForce, subject, entry.getValue().before());
                }
            }
        }
    }

    private static void put(
            SortedMap<String, SortedMap<DeviceId, SmartLimit>> limits, Subject subject, Optional<SmartLimit> limit) {
        var name = subject.container().name();
        var byDisk = new TreeMap<>(limits.getOrDefault(name, Collections.emptySortedMap()));
        byDisk.remove(subject.disk());
        limit.ifPresent(it -> byDisk.put(subject.disk(), it));
        limits.remove(name);
        if (!byDisk.isEmpty()) {
            limits.put(name, byDisk);
        }
    }

    void retain(Set<String> uids) {
        pending.keySet().removeIf(subject -> !uids.contains(subject.container().podUid()));
    }

    /** From here on what the marks of the pods say is what the kernel has. */
    void clear() {
        pending.clear();
    }
}
