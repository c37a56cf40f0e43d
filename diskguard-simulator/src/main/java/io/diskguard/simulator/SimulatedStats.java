/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.IoStatsSource;

/** What cgroups did, by the simulated kernel's own account of it: nothing has to be switched on first. */
final class SimulatedStats implements IoStatsSource {
    private final SimulatedCgroupFs cgroups;

    SimulatedStats(SimulatedCgroupFs cgroups) {
        this.cgroups = cgroups;
    }

    @Override
    public Sample sample(CgroupPath cgroup, Sink sink) {
        var done = cgroups.doneBy(cgroup);
        if (done.isEmpty()) {
            return Sample.GONE;
        }
        done.get()
                .forEach((disk, io) -> sink.counted(disk, io.readBytes(), io.writtenBytes(), io.reads(), io.writes()));
        return Sample.COUNTED;
    }

    @Override
    public String lastSource() {
        return "simulated";
    }

    @Override
    public void close() {}
}
