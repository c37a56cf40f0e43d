/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Compares what the kernel has with what it may have, without a pause. Thread-safe. */
final class Checker {
    private static final int EACH_TIME = 12;

    private final Node node;
    private final Reached reached;
    private final Clock clock;
    private final Map<Path, Tracked> tracked = new LinkedHashMap<>();
    private final Map<String, List<Long>> latencies = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private Iterator<Tracked> round = List.<Tracked>of().iterator();
    private long looks;

    Checker(Node node, Reached reached, Clock clock) {
        this.node = node;
        this.reached = reached;
        this.clock = clock;
    }

    synchronized void track(Tracked container) {
        tracked.put(container.cgroup, container);
        round = List.<Tracked>of().iterator();
    }

    /** Before its cgroup is removed. */
    synchronized void forget(Path cgroup) {
        tracked.remove(cgroup);
        round = List.<Tracked>of().iterator();
    }

    synchronized void expect(Path cgroup, Limits limits, String why) {
        tracked.get(cgroup).expect(limits, why);
    }

    /** In which version the API server has what was expected last. */
    synchronized void told(Path cgroup, long version) {
        tracked.get(cgroup).told(version);
    }

    /** Looks at everything that should change, and at some of the others in turn. */
    synchronized void look() {
        reached.readOn();
        tracked.values().stream().filter(Tracked::isPending).toList().forEach(this::look);
        for (var i = 0; i < EACH_TIME; i++) {
            if (!round.hasNext()) {
                round = List.copyOf(tracked.values()).iterator();
            }
            if (round.hasNext()) {
                look(round.next());
            }
        }
    }

    /** Containers whose limits are not, now and exactly, what they must be in the end. */
    synchronized List<String> unequal() {
        var unequal = new ArrayList<String>();
        for (var container : tracked.values()) {
            var seen = node.read(container.cgroup);
            if (!seen.equals(Optional.of(container.expected()))) {
                unequal.add(text(container, seen.map(Object::toString).orElse("gone")));
            }
        }
        return unequal;
    }

    /** One that is at rest with a limit of write operations. */
    synchronized Tracked anyLimited() {
        return tracked.values().stream()
                .filter(container ->
                        !container.isPending() && container.expected().get(1) > 0)
                .findFirst()
                .orElseThrow();
    }

    synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    synchronized long looks() {
        return looks;
    }

    synchronized int size() {
        return tracked.size();
    }

    /** Nanoseconds by kind of change. */
    synchronized Map<String, List<Long>> latencies() {
        var copy = new TreeMap<String, List<Long>>();
        latencies.forEach((what, times) -> copy.put(what, List.copyOf(times)));
        return copy;
    }

    /** When the agent's watches were opened; Unix time in nanoseconds. */
    synchronized List<Long> watches() {
        reached.readOn();
        return reached.watches();
    }

    private void look(Tracked container) {
        var from = nanos();
        var seen = node.read(container.cgroup);
        var to = nanos();
        looks++;
        if (seen.isEmpty()) {
            wrong.add(text(container, "gone"));
            return;
        }
        var good = container.saw(seen.get(), from, to, reached);
        if (!good && !container.wrong) {
            wrong.add(text(container, seen.get().toString()));
        }
        container.wrong = !good;
        container.latency().ifPresent(time -> latencies
                .computeIfAbsent(container.what(), what -> new ArrayList<>())
                .add(time));
    }

    private String text(Tracked container, String seen) {
        return clock.instant() + " " + container.cgroup + " has " + seen + ", expected " + container.expected() + " ("
                + container.what() + ")";
    }

    long nanos() {
        var now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
