/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps the counters of one sample by disk: for those who read seldom. Not thread-safe. */
public final class CounterMap implements IoStatsSource.Sink {
    private final Map<DeviceId, IoCounters> counters = new TreeMap<>();

    /** An empty one. */
    public CounterMap() {}

    @Override
    public void counted(DeviceId disk, long rbytes, long wbytes, long rios, long wios) {
        counters.put(disk, new IoCounters(rbytes, wbytes, rios, wios));
    }

    /** The disk's; empty if it was not counted. */
    public Optional<IoCounters> get(DeviceId disk) {
        return Optional.ofNullable(counters.get(disk));
    }

    /** Each disk that was counted. */
    public Map<DeviceId, IoCounters> counters() {
        return Map.copyOf(counters);
    }
}
