/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.watch;

import io.diskguard.watch.FileState.Present;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When to look, and which of what was seen is told. All times are given, in monotonic nanoseconds. Not thread-safe. */
final class Debounce {
    private final long debounce;
    private final long atMost;
    private final long poll;
    private final long gap;

    private FileState told;
    private @Nullable FileState pending;
    private long looked;
    private long first;
    private long since;

    Debounce(FileWatch.Settings settings, FileState told, long nanos) {
        debounce = settings.debounce().toNanos();
        atMost = settings.atMost().toNanos();
        poll = settings.poll().toNanos();
        // a file that is touched all the time is not read all the time
        gap = Math.max(debounce / 10, 1_000_000);
        this.told = told;
        looked = nanos;
    }

    boolean isPending() {
        return pending != null;
    }

    /** @return what is to be told now */
    Optional<FileState> saw(FileState state, long nanos) {
        looked = nanos;
        var before = pending;
        pending = null;
        if (same(state, told)) {
            return Optional.empty();
        }
        if (before == null) {
            first = nanos;
        }
        var isChanging = state.equals(Look.CHANGING);
        if (isChanging || before == null || !same(state, before)) {
            since = nanos;
        }
        if (isChanging || nanos - since < debounce && nanos - first < atMost) {
            pending = state;
            return Optional.empty();
        }
        told = state;
        return Optional.of(state);
    }

    /** @return nanoseconds until the next look is due, negative if it is overdue */
    long rest(boolean event, long nanos) {
        var rest = looked - nanos + poll;
        if (isPending()) {
            rest = Math.min(rest, Math.min(since - nanos + debounce, first - nanos + atMost));
        }
        return Math.max(event ? 0 : rest, looked - nanos + gap);
    }

    private static boolean same(FileState one, FileState other) {
        return one instanceof Present a && other instanceof Present b
                ? a.content().equals(b.content())
                : one.equals(other);
    }
}
