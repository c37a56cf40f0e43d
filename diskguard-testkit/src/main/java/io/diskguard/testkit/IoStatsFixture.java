/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.IoStatsSource;

/** A source of counters, cgroups, and processes that do IO in them. Closing it closes all. */
public interface IoStatsFixture extends AutoCloseable {
    IoStatsSource source();

    CgroupFixture cgroups();

    /** A process of the cgroup reads {@link CgroupFixture#disk() the disk} that often, directly, each time so many bytes (a multiple of 4096); returns when it has. */
    void read(CgroupPath cgroup, int times, int bytes);

    /** A process of the cgroup writes to {@link CgroupFixture#disk() the disk} that often, directly, each time so many bytes (a multiple of 4096); returns when it has. */
    void write(CgroupPath cgroup, int times, int bytes);

    /** Has every read of the source fail while the cgroups stay; false where that cannot be had. */
    default boolean breakReads() {
        return false;
    }

    /** Whether the source sees that a cgroup is gone; one that hears of cgroups from elsewhere only does not hear of it. */
    default boolean seesWhatIsGone() {
        return true;
    }

    @Override
    void close();
}
