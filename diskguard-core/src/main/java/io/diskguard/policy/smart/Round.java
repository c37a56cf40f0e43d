/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.smart;

import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoPressure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was read in one round of sampling: all that a decision knows of the load. Immutable.
 *
 * @param at the end of the round
 * @param samples of containers that run, each container at most once
 * @param absent containers that do not run, so do nothing on any disk
 * @param disks what each disk has done, where that was asked and is known
 */
public record Round(Moment at, List<Sampled> samples, Set<ContainerKey> absent, Map<DeviceId, DiskActivity> disks) {
    public Round {
        samples = List.copyOf(samples);
        absent = Set.copyOf(absent);
        disks = Map.copyOf(disks);
    }

    /**
     * One container.
     *
     * @param id of the container now
     * @param source who counted: no difference is taken across two sources
     * @param nanos when the counters were read, by the ticker
     * @param counters since the container started, of each disk on which it is guarded and was counted
     * @param pressure of its cgroup, where that was asked and is known
     */
    public record Sampled(
            ContainerKey container,
            String id,
            String source,
            long nanos,
            Map<Disk, IoCounters> counters,
            Optional<IoPressure> pressure) {
        public Sampled {
            counters = Map.copyOf(counters);
        }
    }
}
