/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What one container's limits may be at which time. A change begins a new epoch: from when it is asked for until a second
 * after it has reached the agent its limits and those of before may be there, then only its own. Not thread-safe.
 */
final class Tracked {
    static final long GRACE = TimeUnit.SECONDS.toNanos(1);
    /** Not told to the API server yet. */
    static final long UNTOLD = Long.MAX_VALUE;

    final Path cgroup;
    final String uid;
    private final List<Limits> before = new ArrayList<>();
    private final long made;
    private Limits expected;
    private String what;
    private long version;
    private OptionalLong reached = OptionalLong.empty();
    private OptionalLong right = OptionalLong.empty();
    private boolean measured;
    boolean wrong;

    /**
     * @param made when the cgroup was, Unix time in nanoseconds
     * @param before what may be there too at first
     */
    Tracked(Path cgroup, String uid, long made, List<Limits> before, Limits expected, String what) {
        this.cgroup = cgroup;
        this.uid = uid;
        this.made = made;
        this.before.addAll(before);
        this.expected = expected;
        this.what = what;
        this.version = UNTOLD;
        this.measured = expected.equals(Limits.NONE);
    }

    void expect(Limits now, String why) {
        before.add(expected);
        measured = now.equals(expected);
        expected = now;
        what = why;
        version = UNTOLD;
        reached = OptionalLong.empty();
        right = OptionalLong.empty();
    }

    void told(long inVersion) {
        version = inVersion;
    }

    Limits expected() {
        return expected;
    }

    String what() {
        return what;
    }

    /** Whether something is still to be seen. */
    boolean isPending() {
        return !measured || !before.isEmpty();
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
        if (seen.equals(expected) && right.isEmpty()) {
            right = OptionalLong.of(to);
        }
        if (reached.isPresent() && from > deadline()) {
            before.clear();
        }
        for (var file = 0; file < Limits.FILES.size(); file++) {
            if (!mayBe(file, seen.get(file))) {
                return false;
            }
        }
        return true;
    }

    /** Once: nanoseconds from when both the event and the cgroup were there to the kernel. */
    OptionalLong latency() {
        if (measured || reached.isEmpty() || right.isEmpty()) {
            return OptionalLong.empty();
        }
        measured = true;
        return OptionalLong.of(Math.max(0, right.getAsLong() - Math.max(made, reached.getAsLong())));
    }

    private long deadline() {
        return Math.max(made, reached.orElseThrow()) + GRACE;
    }

    private boolean mayBe(int file, long value) {
        return expected.get(file) == value || before.stream().anyMatch(limits -> limits.get(file) == value);
    }
}
