/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What one container's limits may be at which time. A change of its pod begins a new epoch: from when it is asked for until
 * some time after it has reached the agent its limits and those of before may be there, then only its own. The node's default
 * has such epochs of its own ({@link Terms}). Not thread-safe.
 */
final class Tracked {
    /** Not told to the API server yet. */
    static final long UNTOLD = Long.MAX_VALUE;

    final Path cgroup;
    final String uid;
    private final Terms terms;
    private final List<Wanted> before = new ArrayList<>();
    private final long made;
    private Wanted expected;
    private String what;
    private long version;
    private OptionalLong reached = OptionalLong.empty();
    private OptionalLong right = OptionalLong.empty();
    private boolean measured;
    private OptionalLong configured = OptionalLong.empty();
    boolean wrong;

    /**
     * @param made when the cgroup was, Unix time in nanoseconds
     * @param before what may be there too at first
     */
    Tracked(Terms terms, Path cgroup, String uid, long made, List<Wanted> before, Wanted expected, String what) {
        this.terms = terms;
        this.cgroup = cgroup;
        this.uid = uid;
        this.made = made;
        this.before.addAll(before);
        this.expected = expected;
        this.what = what;
        this.version = UNTOLD;
        this.measured = expected().equals(Limits.NONE);
    }

    void expect(Wanted now, String why) {
        var last = expected();
        before.add(expected);
        expected = now;
        measured = expected().equals(last);
        configured = OptionalLong.empty();
        what = why;
        version = UNTOLD;
        reached = OptionalLong.empty();
        right = OptionalLong.empty();
    }

    void told(long inVersion) {
        version = inVersion;
    }

    /**
     * The node's default is another one: what was on its way is measured no more, but how long this takes.
     *
     * @param last what was expected until then
     * @param at Unix time in nanoseconds
     */
    void configured(Limits last, long at) {
        measured = true;
        configured = expected().equals(last) ? OptionalLong.empty() : OptionalLong.of(at);
    }

    /** In the end. */
    Limits expected() {
        return expected.under(terms.defaultIops());
    }

    /** What it must have, and what it had to have before for as long as the agent may not know better. */
    List<Wanted> wanted() {
        return Stream.concat(Stream.of(expected), before.stream()).toList();
    }

    String what() {
        return what;
    }

    /** Whether something is still to be seen. */
    boolean isPending() {
        return !measured || !before.isEmpty() || configured.isPresent();
    }

    boolean isRight() {
        return right.isPresent();
    }

    /**
     * What was read at a time; says whether that may be.
     *
     * @param from before it was read
     * @param to after
     */
    boolean saw(Limits seen, long from, long to, Reached events) {
        if (reached.isEmpty() && version != UNTOLD) {
            reached = events.of(uid, version);
        }
        if (seen.equals(expected()) && right.isEmpty()) {
            right = OptionalLong.of(to);
        }
        if (reached.isPresent() && terms.isOver(Math.max(made, reached.getAsLong()), from)) {
            before.clear();
        }
        var may = wanted().stream()
                .flatMap(wanted -> terms.at(from).stream().map(wanted::under))
                .toList();
        for (var file = 0; file < Limits.FILES.size(); file++) {
            var at = file;
            if (may.stream().noneMatch(limits -> limits.get(at) == seen.get(at))) {
                return false;
            }
        }
        return true;
    }

    /** Once, after it was seen as expected at a time: nanoseconds from the node's new default to the kernel. */
    OptionalLong reconfigured(Limits seen, long at) {
        if (configured.isEmpty() || !seen.equals(expected())) {
            return OptionalLong.empty();
        }
        var time = OptionalLong.of(at - configured.getAsLong());
        configured = OptionalLong.empty();
        return time;
    }

    /** Once: nanoseconds from when both the event and the cgroup were there to the kernel. */
    OptionalLong latency() {
        if (measured || reached.isEmpty() || right.isEmpty()) {
            return OptionalLong.empty();
        }
        measured = true;
        return OptionalLong.of(Math.max(0, right.getAsLong() - Math.max(made, reached.getAsLong())));
    }
}
