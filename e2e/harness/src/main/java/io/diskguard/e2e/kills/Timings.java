/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long something took, each time. Not thread-safe. */
final class Timings {
    private static final int RECENT = 5;

    private final List<Duration> times = new ArrayList<>();

    void add(Duration time) {
        times.add(time);
    }

    /** Of the last few, as a machine is now faster and now slower. */
    Duration typical(Duration otherwise) {
        var recent = times.subList(Math.max(0, times.size() - RECENT), times.size());
        return recent.stream().sorted().skip(recent.size() / 2).findFirst().orElse(otherwise);
    }

    @Override
    public String toString() {
        if (times.isEmpty()) {
            return "never";
        }
        var sorted = times.stream().sorted().toList();
        return "p50 " + sorted.get(sorted.size() / 2).toMillis() + ", max "
                + sorted.get(sorted.size() - 1).toMillis() + " (" + sorted.size() + ")";
    }
}
