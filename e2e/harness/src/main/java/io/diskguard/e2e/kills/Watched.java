/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.churn.Limits;
import io.diskguard.model.CgroupPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What one container's limits may be. A change adds what is wanted now to what was wanted before; what was wanted before is
 * over when it was seen that it is, and from then on never comes back. Not thread-safe.
 */
final class Watched {
    private static final int REMEMBERED = 40;
    private static final Duration AT_REST = Duration.ofSeconds(1);

    private final CgroupPath cgroup;
    private final boolean isAtomic;
    private final boolean isOurs;
    private final List<Function<Settings, Limits>> words = new ArrayList<>();
    private final List<Settings> settings = new ArrayList<>();
    private final Deque<String> history = new ArrayDeque<>();
    private boolean isNew = true;
    private boolean isOrphan;
    private Instant rightSince = Instant.MAX;
    private Limits last = new Limits(List.of(-1L, -1L, -1L, -1L));
    private List<Limits> allowed = List.of();
    private Limits wanted = Limits.NONE;

    /**
     * @param isAtomic whether all four numbers change at once
     * @param isOurs whether the agent writes there at all
     * @param wanted under which configuration
     */
    Watched(CgroupPath cgroup, boolean isAtomic, boolean isOurs, Function<Settings, Limits> wanted, Settings now) {
        this(cgroup, isAtomic, isOurs, List.of(wanted), List.of(now));
        if (!isOurs) {
            settle();
        }
    }

    private Watched(
            CgroupPath cgroup,
            boolean isAtomic,
            boolean isOurs,
            List<Function<Settings, Limits>> words,
            List<Settings> settings) {
        this.cgroup = cgroup;
        this.isAtomic = isAtomic;
        this.isOurs = isOurs;
        this.words.addAll(words);
        this.settings.addAll(settings);
        allow();
    }

    /** The container's next cgroup: what the agent may not have heard of for this one, it may not have heard of for that. */
    Watched next(CgroupPath after) {
        return new Watched(after, isAtomic, isOurs, words, settings);
    }

    CgroupPath cgroup() {
        return cgroup;
    }

    boolean isOurs() {
        return isOurs;
    }

    Limits wanted() {
        return wanted;
    }

    /** From now on, under whichever configuration. */
    void want(Function<Settings, Limits> now) {
        words.add(now);
        allow();
    }

    /** Its pod is gone: nothing of ours may stay, and nobody waits for that. */
    void orphan() {
        isOrphan = true;
        want(any -> Limits.NONE);
    }

    boolean isOrphan() {
        return isOrphan;
    }

    void configure(Settings now) {
        settings.add(now);
        allow();
    }

    /** What is wanted now is all that may be. */
    void settle() {
        isNew = false;
        words.subList(0, words.size() - 1).clear();
        settings.subList(0, settings.size() - 1).clear();
        allow();
    }

    boolean isSettled() {
        return allowed.size() == 1;
    }

    boolean isRight() {
        return last.equals(wanted);
    }

    /** Whether it has had what it must have, and nothing else was to come, for so long that a write is one too many. */
    boolean isAtRest(Instant now) {
        return isSettled() && isRight() && rightSince != Instant.MAX && now.isAfter(rightSince.plus(AT_REST));
    }

    /**
     * What was taken back was seen with its mark still there: an agent that is killed in between leaves it, and the next one takes
     * back what is gone once more, as it believes no reading.
     */
    void stillMarked(Instant at) {
        if (wanted.equals(Limits.NONE) && isRight()) {
            rightSince = at;
        }
    }

    /** Whether it is another value than before. */
    boolean isNews(Limits seen) {
        return !seen.equals(last);
    }

    /** Whether that may be. */
    boolean saw(Limits seen, Instant at) {
        if (isNews(seen)) {
            last = seen;
            rightSince = seen.equals(wanted) ? at : Instant.MAX;
            note(at + " " + seen.values() + " (wanted " + wanted.values() + ")");
        }
        if (allowed.size() == 1) {
            return seen.equals(wanted);
        }
        // Where only what is wanted now explains it, the agent knows of it, and whoever comes after that one does too.
        if (seen.equals(wanted) && Collections.frequency(allowed, wanted) == 1) {
            settle();
            rightSince = at;
            return true;
        }
        return isAtomic ? allowed.contains(seen) : mayBe(seen);
    }

    /** In the order of time, and what it may be. */
    List<String> history() {
        var all = new ArrayList<>(history);
        all.add("may be " + allowed.stream().map(Limits::values).distinct().toList() + ", wanted " + wanted.values());
        return all;
    }

    private void allow() {
        var all = new ArrayList<Limits>();
        if (isNew) {
            all.add(Limits.NONE);
        }
        for (var word : words) {
            settings.forEach(each -> all.add(word.apply(each)));
        }
        allowed = Set.copyOf(all).size() == 1 ? List.of(all.get(0)) : List.copyOf(all);
        var before = wanted;
        wanted = allowed.get(allowed.size() - 1);
        if (!wanted.equals(before)) {
            rightSince = Instant.MAX;
        }
        note("from then on wanted: " + wanted.values());
    }

    private boolean mayBe(Limits seen) {
        for (var file = 0; file < Limits.FILES.size(); file++) {
            var at = file;
            if (allowed.stream().noneMatch(limits -> limits.get(at) == seen.get(at))) {
                return false;
            }
        }
        return true;
    }

    private void note(String line) {
        history.add(line);
        if (history.size() > REMEMBERED) {
            history.remove();
        }
    }
}
