/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Compares what the kernel has with what it may have, without a pause. Thread-safe. */
public final class Checker {
    private static final int EACH_TIME = 12;
    private static final String CONFIGURATION = "configuration";

    private final Node node;
    private final Reached reached;
    private final Clock clock;
    private final Map<Path, Tracked> tracked = new LinkedHashMap<>();
    private final Map<String, List<Long>> latencies = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private Iterator<Tracked> round = List.<Tracked>of().iterator();
    private final Terms terms;
    private long looks;
    private int containers;

    /** @param terms which nobody else changes */
    public Checker(Node node, Reached reached, Clock clock, Terms terms) {
        this.node = node;
        this.reached = reached;
        this.clock = clock;
        this.terms = terms;
    }

    synchronized void track(Tracked container) {
        containers++;
        tracked.put(container.cgroup, container);
    }

    /** @param wanted what it must have */
    void track(Path cgroup, String uid, List<Wanted> before, Wanted wanted, String what) {
        track(new Tracked(terms, cgroup, uid, nanos(), before, wanted, what));
    }

    /** Before its cgroup is removed. */
    synchronized void forget(Path cgroup) {
        tracked.remove(cgroup);
    }

    synchronized void expect(Path cgroup, Wanted wanted, String why) {
        tracked.get(cgroup).expect(wanted, why);
    }

    /** In which version the API server has what was expected last; nothing if the container is gone since. */
    public synchronized void told(Path cgroup, long version) {
        Optional.ofNullable(tracked.get(cgroup)).ifPresent(container -> container.told(version));
    }

    /** What the containers may have as far as the agent knows. */
    synchronized List<Wanted> wanted(List<Path> cgroups) {
        return cgroups.stream()
                .map(tracked::get)
                .filter(java.util.Objects::nonNull)
                .flatMap(container -> container.wanted().stream())
                .toList();
    }

    /** From now on the node's default is this, and for some time at most the one of before. */
    public synchronized void configure(long defaultIops, Duration within) {
        var last = new LinkedHashMap<Tracked, Limits>();
        tracked.values().forEach(container -> last.put(container, container.expected()));
        terms.change(defaultIops, nanos(), within);
        last.forEach((container, limits) -> container.configured(limits, nanos()));
    }

    /** Looks at everything that should change, and at some of the others in turn. */
    public synchronized void look() {
        reached.readOn();
        tracked.values().stream().filter(Tracked::isPending).toList().forEach(this::look);
        for (var i = 0; i < EACH_TIME; i++) {
            if (!round.hasNext()) {
                round = List.copyOf(tracked.values()).iterator();
            }
            if (round.hasNext()) {
                var next = round.next();
                if (tracked.containsKey(next.cgroup)) {
                    look(next);
                }
            }
        }
    }

    /** Containers whose limits are not, now and exactly, what they must be in the end. */
    public synchronized List<String> unequal() {
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

    public synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    public synchronized long looks() {
        return looks;
    }

    public synchronized int size() {
        return tracked.size();
    }

    /** How many there were in all. */
    public synchronized int containers() {
        return containers;
    }

    /** Nanoseconds by kind of change. */
    public synchronized Map<String, List<Long>> latencies() {
        var copy = new TreeMap<String, List<Long>>();
        latencies.forEach((what, times) -> copy.put(what, List.copyOf(times)));
        return copy;
    }

    /** From now on they are taken anew. */
    public synchronized void forgetLatencies() {
        latencies.clear();
    }

    /** When the agent's watches were opened; Unix time in nanoseconds. */
    public synchronized List<Long> watches() {
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
        container.reconfigured(seen.get(), to).ifPresent(time -> latencies
                .computeIfAbsent(CONFIGURATION, what -> new ArrayList<>())
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
