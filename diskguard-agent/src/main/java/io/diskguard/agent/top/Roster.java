/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.agent.node.NodeWatch;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.reconcile.Explanation;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.PodSource;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The node's pods and what was last found out of each. What is new or changed is looked at first, the rest in turn, the longest
 * not looked at first, for as long as the time allowed: so a look costs the same whatever a node has. Not thread-safe.
 */
final class Roster {
    private final NodeWatch node;
    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Map<CgroupPath, ReadResult> limits = new HashMap<>();
    private Collection<Pod> pods = List.of();

    /** @param looked when; empty if it has to be looked at again before all others */
    private record Known(Pod pod, Optional<Explanation> explanation, Optional<Long> looked) {
        Known stale() {
            return new Known(pod, explanation, Optional.empty());
        }
    }

    Roster(NodeWatch node) {
        this.node = node;
    }

    /** @param allowed for looking at pods; at least one is */
    void refresh(Duration allowed) {
        limits.clear();
        if (node.pods().snapshot() instanceof PodSource.Snapshot.Synced synced) {
            pods = synced.pods();
        }
        var uids = new HashSet<String>();
        for (var pod : pods) {
            uids.add(pod.uid());
            known.compute(
                    pod.uid(),
                    (uid, before) -> before != null && before.pod().equals(pod)
                            ? before
                            : new Known(
                                    pod, Optional.ofNullable(before).flatMap(Known::explanation), Optional.empty()));
        }
        known.keySet().retainAll(uids);
        known.replaceAll((uid, each) -> isAsExplained(each) ? each : each.stale());
        look(allowed);
    }

    int size() {
        return pods.size();
    }

    Collection<Explanation.Row> rows() {
        return known.values().stream()
                .flatMap(each -> each.explanation().stream())
                .flatMap(explanation -> explanation.rows().stream())
                .toList();
    }

    /** What the kernel has now; empty where that cannot be read. */
    Optional<IoLimit> limit(CgroupPath cgroup, DeviceId disk) {
        return limits.computeIfAbsent(cgroup, node.limits()) instanceof ReadResult.Found found
                ? Optional.of(found.limits().get(disk))
                : Optional.empty();
    }

    private boolean isAsExplained(Known each) {
        return each.explanation().stream()
                .flatMap(explanation -> explanation.rows().stream())
                .allMatch(row -> row.kernel()
                        .equals(limit(row.target().cgroup(), row.use().disk().id())));
    }

    private void look(Duration allowed) {
        var ticker = node.environment().ticker();
        var begin = ticker.nanos();
        var order = known.values().stream()
                .sorted(Comparator.comparing((Known each) -> each.looked().isPresent())
                        .thenComparing(each -> each.looked().orElse(0L) - begin))
                .toList();
        for (var each : order) {
            var explanation = node.explain().apply(each.pod());
            var now = ticker.nanos();
            known.put(each.pod().uid(), new Known(each.pod(), explanation, Optional.of(now)));
            explanation.stream()
                    .flatMap(it -> it.rows().stream())
                    .forEach(row -> limits.remove(row.target().cgroup()));
            if (now - begin >= allowed.toNanos()) {
                return;
            }
        }
    }
}
