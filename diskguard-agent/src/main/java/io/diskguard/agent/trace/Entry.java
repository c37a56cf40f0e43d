/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.trace;

import io.diskguard.model.ContainerKey;
import io.diskguard.model.DiskUse;
import io.diskguard.model.Pod;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a trace tells, in the order in which it happened. Immutable. */
public sealed interface Entry {
    /**
     * A recording begins, or goes on in another file. Every pod is told anew after it.
     *
     * @param node empty if it has no name
     * @param started when the recording agent started; ticks of two agents have nothing to do with each other
     */
    record Head(String node, Instant started) implements Entry {}

    /**
     * A pod is there, or is another one than before.
     *
     * @param at when it was found to be another one; empty if it is told because the next round has it
     */
    record PodSeen(Pod pod, Optional<Moment> at) implements Entry {}

    /**
     * A round of sampling.
     *
     * @param unread containers that run as far as was known, and whose counters were not read
     * @param uses of sampled containers, all disks of those that have more to say of one than that it is guarded
     */
    record Sampling(Round round, Set<ContainerKey> unread, Map<ContainerKey, List<DiskUse>> uses) implements Entry {
        public Sampling {
            unread = Set.copyOf(unread);
            uses = Map.copyOf(uses);
        }
    }

    /** Rounds were not recorded: what they were to be written to was too slow, or failed. */
    record Gap(Instant at, long rounds) implements Entry {}
}
