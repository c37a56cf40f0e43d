/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v1;

import io.diskguard.model.DiskActivity;
import java.util.Optional;

/**
 * Judges whether the throttle layer counts only IO of cgroups with a limit (Linux 5.16 to 6.4), by what one disk did and
 * what the root cgroup, with all below it, shows of it. Twice in a row the disk must have done much and almost nothing of
 * it been counted; a cgroup that goes takes its counters along, and IO that waited throttled was counted before it was
 * done. The judgement stands until almost everything is counted. Not thread-safe.
 */
final class UnthrottledIo {
    /** Operations of which some must have been counted. */
    static final long MANY = 1000;

    private static final double ALMOST_NONE = 0.05;
    private static final double ALMOST_ALL = 0.9;
    private static final int IN_A_ROW = 2;
    private static final long SECTOR = 512;

    private Optional<Reading> before = Optional.empty();
    private int inARow;
    private Optional<String> seen = Optional.empty();

    /**
     * One look.
     *
     * @param counted bytes that the root cgroup shows
     * @param countedOperations that the root cgroup shows
     */
    record Reading(DiskActivity activity, long counted, long countedOperations) {
        private long operations() {
            return activity.reads() + activity.writes();
        }

        private long bytes() {
            return SECTOR * (activity.readSectors() + activity.writtenSectors());
        }
    }

    /** Takes the next look; what speaks for it if only IO with a limit is counted. */
    Optional<String> take(Reading now) {
        var from = before;
        if (from.isEmpty() || startedAnew(from.get(), now)) {
            before = Optional.of(now);
            return seen;
        }
        // What was under way then had been counted then
        var done = now.operations()
                - from.get().operations()
                - from.get().activity().inFlight();
        if (done >= MANY) {
            before = Optional.of(now);
            judge(from.get(), now, done);
        }
        return seen;
    }

    private void judge(Reading from, Reading now, long done) {
        var counted = now.countedOperations() - from.countedOperations();
        // By bytes too: a large operation is split, and small ones are merged, after they were counted
        var bytes = now.bytes() - from.bytes();
        var countedBytes = now.counted() - from.counted();
        var share = Math.max((double) counted / done, (double) countedBytes / Math.max(1, bytes));
        if (share >= ALMOST_ALL) {
            seen = Optional.empty();
        }
        inARow = share < ALMOST_NONE ? inARow + 1 : 0;
        if (inARow >= IN_A_ROW) {
            seen = Optional.of("of " + done + " operations only " + counted + " were counted");
        }
    }

    private static boolean startedAnew(Reading from, Reading now) {
        return now.operations() < from.operations()
                || now.bytes() < from.bytes()
                || now.countedOperations() < from.countedOperations()
                || now.counted() < from.counted();
    }
}
