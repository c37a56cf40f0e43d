/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.diskguard.simulator.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Does what is due when its clock is turned, on the thread that turns it. Thread-safe. */
public final class ManualTimer implements Timer {
    private final ManualClock clock;
    private final List<Due> tasks = new ArrayList<>();

    private record Due(long at, Runnable task) {}

    public ManualTimer(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        synchronized (tasks) {
            tasks.add(new Due(clock.nanos() + delay.toNanos(), task));
        }
    }

    public int waiting() {
        synchronized (tasks) {
            return tasks.size();
        }
    }

    public void advance(Duration time) {
        clock.advance(time);
        List<Due> due;
        synchronized (tasks) {
            due = tasks.stream()
                    .filter(task -> task.at() - clock.nanos() <= 0)
                    .sorted(Comparator.comparingLong(Due::at))
                    .toList();
            tasks.removeAll(due);
        }
        due.forEach(task -> task.task().run());
    }
}
