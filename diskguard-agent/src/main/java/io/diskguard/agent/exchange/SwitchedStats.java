/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.exchange;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.IoStatsSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The counters that are read at present. Closing it closes their source. Used by one thread, as every source is. */
public final class SwitchedStats implements IoStatsSource {
    private final Switch<IoStatsSource> at;
    private final Set<DeviceId> started = ConcurrentHashMap.newKeySet();

    public SwitchedStats(IoStatsSource first) {
        at = new Switch<>(first);
    }

    /** @param next counts on the same disks at once: a round may be under way, and it reads what a scheduler counts elsewhere */
    public Exchange to(IoStatsSource next) {
        started.forEach(next::startCounting);
        return at.to(next);
    }

    @Override
    public Sample sample(CgroupPath cgroup, Sink sink) {
        return at.now().sample(cgroup, sink);
    }

    @Override
    public String lastSource() {
        return at.now().lastSource();
    }

    @Override
    public Counting startCounting(DeviceId disk) {
        started.add(disk);
        return at.now().startCounting(disk);
    }

    @Override
    public Counting counting(DeviceId disk) {
        return at.now().counting(disk);
    }

    @Override
    public void close() {
        at.close();
    }
}
