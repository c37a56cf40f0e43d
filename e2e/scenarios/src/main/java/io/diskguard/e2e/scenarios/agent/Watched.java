/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.agent;

import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Meter;
import io.diskguard.e2e.scenarios.machine.Meter.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Every limit that a cgroup ever has on a disk, by a thread that does nothing else than read {@code io.max}. */
final class Watched implements AutoCloseable {
    private static final Duration EACH = Duration.ofMillis(5);

    private final Cgroups cgroups;
    private final Place place;
    private final List<String> seen = new ArrayList<>();
    private final Thread looking = new Thread(this::look, "watched");
    private volatile boolean closed;
    private volatile boolean broken;

    private Watched(Cgroups cgroups, Place place) {
        this.cgroups = cgroups;
        this.place = place;
    }

    static Watched start(Cgroups cgroups, Place place) {
        var watched = new Watched(cgroups, place);
        watched.looking.start();
        return watched;
    }

    /** The numbers that {@code io.max} has of the disk now; empty where it has no line of it. */
    static String now(Cgroups cgroups, Place place) {
        var start = place.disk() + " ";
        return cgroups.read(place.cgroup(), "io.max")
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElse("");
    }

    private void look() {
        broken = true;
        while (!closed) {
            var now = now(cgroups, place);
            synchronized (seen) {
                if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(now)) {
                    seen.add(now);
                }
            }
            Meter.pass(EACH);
        }
        broken = false;
    }

    /** All of them in their order, each once until the next. */
    List<String> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    /** @throws IllegalStateException if it did not look all the time */
    @Override
    public void close() {
        closed = true;
        try {
            looking.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (broken) {
            throw new IllegalStateException("the limits of " + place + " could not be read all the time");
        }
    }
}
