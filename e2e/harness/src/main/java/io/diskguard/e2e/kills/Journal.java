/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What happened last, for who wants to know why a limit is wrong. Thread-safe. */
final class Journal {
    private static final int REMEMBERED = 30;

    private final Clock clock;
    private final Deque<String> lines = new ArrayDeque<>();

    Journal(Clock clock) {
        this.clock = clock;
    }

    synchronized void note(String what) {
        lines.add(clock.instant() + " " + what);
        if (lines.size() > REMEMBERED) {
            lines.remove();
        }
    }

    synchronized List<String> last() {
        return List.copyOf(lines);
    }
}
