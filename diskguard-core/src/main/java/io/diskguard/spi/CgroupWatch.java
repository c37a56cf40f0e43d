/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.CgroupPath;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells when child cgroups appear in the cgroups that it was asked to watch (inotify). {@link #watch} may be called by
 * any thread, {@link #take} by one.
 */
public interface CgroupWatch extends AutoCloseable {
    /** Watches one cgroup for new children, not those below them. Watching it twice is as good as once. */
    FsResult watch(CgroupPath cgroup);

    /** The next event, waiting at most that long; empty if none came or the watch was closed. */
    Optional<Event> take(Duration atMost) throws InterruptedException;

    @Override
    void close();

    sealed interface Event {
        CgroupPath cgroup();

        /** A child cgroup appeared. */
        record Appeared(CgroupPath cgroup) implements Event {}

        /** Events of this watched cgroup were lost (inotify overflow): list it again. */
        record Overflow(CgroupPath cgroup) implements Event {}

        /** The watched cgroup is gone and watched no longer. */
        record Gone(CgroupPath cgroup) implements Event {}
    }
}
