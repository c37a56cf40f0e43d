/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import java.util.Map;

/** Reads cumulative IO counters. Not thread-safe: one thread samples. */
public interface IoStatsSource extends AutoCloseable {
    Sample sample(CgroupPath cgroup);

    @Override
    void close();

    sealed interface Sample {
        /** Counters by disk; a disk that is absent was not counted, which is not the same as zero. */
        record Counted(Map<DeviceId, IoCounters> counters) implements Sample {
            public Counted {
                counters = Map.copyOf(counters);
            }
        }

        /** The cgroup is not there any more. */
        record Gone() implements Sample {}

        /** This source cannot say; the next one is asked. */
        record Unavailable(String reason) implements Sample {}
    }

    /** Makes an {@link IoStatsSource}; they are ordered, the next one serves where one fails. */
    interface Factory extends Provider<IoStatsSource> {}
}
