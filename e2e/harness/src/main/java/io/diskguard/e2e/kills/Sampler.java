/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.churn.Limits;
import io.diskguard.model.CgroupPath;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads every container's limits, all the time, and says which of them may not be. Thread-safe. */
final class Sampler implements AutoCloseable {
    /** What is right is looked at when it is written to, and in turn. */
    private static final int TURNS = 6;

    private final Kernel kernel;
    private final Clock clock;
    private final Journal journal;
    private final Map<CgroupPath, Watched> watched = new LinkedHashMap<>();
    private final Touches touches = new Touches();
    private final List<String> wrong = new ArrayList<>();
    private Settings settings;
    private int turn;
    private long looks;
    private long writes;
    private long changes;

    Sampler(Kernel kernel, Clock clock, Journal journal, Settings settings) {
        this.kernel = kernel;
        this.clock = clock;
        this.journal = journal;
        this.settings = settings;
    }

    /** A container that was just made. */
    synchronized void watch(CgroupPath cgroup, Function<Settings, Limits> wanted) {
        add(new Watched(cgroup, kernel.isAtomic(), true, wanted, settings));
    }

    /** A container that runs again, in another cgroup; the first one is still there. */
    synchronized void restart(CgroupPath before, CgroupPath after) {
        add(watched.get(before).next(after));
    }

    /** Limits that are not the agent's. */
    synchronized void watchForeign(CgroupPath cgroup, Limits limits) {
        add(new Watched(cgroup, kernel.isAtomic(), false, any -> limits, settings));
    }

    /** Before its cgroup is removed. */
    synchronized void forget(CgroupPath cgroup) {
        watched.remove(cgroup);
        touches.forget(cgroup);
    }

    /** Before anybody is told. */
    synchronized void want(CgroupPath cgroup, Function<Settings, Limits> wanted) {
        watched.get(cgroup).want(wanted);
    }

    /** Before its pod is deleted, or when there is none. */
    synchronized void orphan(CgroupPath cgroup) {
        watched.get(cgroup).orphan();
    }

    /** Before the file changes. */
    synchronized void configure(Settings now) {
        settings = now;
        watched.values().stream().filter(Watched::isOurs).forEach(each -> each.configure(now));
    }

    synchronized void look() {
        touches.poll().stream()
                .flatMap(cgroup -> Optional.ofNullable(watched.get(cgroup)).stream())
                .forEach(this::touched);
        turn = (turn + 1) % TURNS;
        var number = 0;
        for (var each : watched.values()) {
            if (number++ % TURNS == turn || !each.isRight()) {
                look(each);
            }
        }
    }

    /** Whether every container had exactly what it must have when it was looked at last. */
    synchronized boolean isRight() {
        return watched.values().stream().allMatch(Watched::isRight);
    }

    /** The same, but for what is to be taken back of pods that are gone. */
    synchronized boolean isRightForPods() {
        return watched.values().stream().allMatch(each -> each.isOrphan() || each.isRight());
    }

    synchronized boolean isRight(CgroupPath cgroup) {
        return watched.get(cgroup).isRight();
    }

    /** All changes were long enough ago. */
    synchronized void settle() {
        watched.values().forEach(Watched::settle);
    }

    synchronized List<String> notRight() {
        return watched.values().stream()
                .filter(each -> !each.isRight())
                .map(each -> each.cgroup() + ": " + String.join("; ", each.history()))
                .toList();
    }

    /** Marks that do not say what the kernel has, and limits of ours without one. */
    synchronized List<String> marksNotRight() {
        return watched.values().stream()
                .flatMap(each -> MarkText.problem(each, kernel).stream())
                .toList();
    }

    synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    synchronized long looks() {
        return looks;
    }

    /** How often control files were found written to. */
    synchronized long writes() {
        return writes;
    }

    synchronized long changes() {
        return changes;
    }

    synchronized int size() {
        return watched.size();
    }

    private void add(Watched each) {
        watched.put(each.cgroup(), each);
        touches.watch(each.cgroup(), kernel.directory(each.cgroup()));
    }

    private void touched(Watched each) {
        writes++;
        if (each.isAtRest(clock.instant())) {
            complain(each, "was written where it was right");
        }
        look(each);
    }

    private void look(Watched each) {
        var limits = kernel.read(each.cgroup());
        if (limits.isEmpty()) {
            complain(each, "the cgroup is gone");
            return;
        }
        var seen = kernel.ofDisk(limits.get());
        looks++;
        var news = each.isNews(seen);
        if (news) {
            changes++;
            if (isUnmarked(each, seen)) {
                complain(each, "a limit of ours without a mark: " + seen.values());
            }
        }
        if (!each.saw(seen, clock.instant()) && news) {
            complain(each, "has " + seen.values());
        }
        if (each.isOurs()
                && seen.equals(Limits.NONE)
                && kernel.mark(each.cgroup()).isPresent()) {
            each.stillMarked(clock.instant());
        }
        if (each.isOurs() && !kernel.others(limits.get()).isEmpty()) {
            complain(each, "another disk is limited: " + kernel.others(limits.get()));
        }
    }

    /** The mark is there before the limit is, and goes after it. */
    private boolean isUnmarked(Watched each, Limits seen) {
        return each.isOurs()
                && !seen.equals(Limits.NONE)
                && kernel.mark(each.cgroup()).isEmpty()
                && kernel.read(each.cgroup())
                        .map(kernel::ofDisk)
                        .filter(seen::equals)
                        .isPresent();
    }

    @Override
    public synchronized void close() {
        touches.close();
    }

    private void complain(Watched each, String what) {
        var lines = new ArrayList<String>(List.of(clock.instant() + " " + each.cgroup() + " " + what));
        each.history().forEach(line -> lines.add("         " + line));
        lines.add("       what happened:");
        journal.last().forEach(line -> lines.add("         " + line));
        wrong.add(String.join("\n", lines));
    }
}
