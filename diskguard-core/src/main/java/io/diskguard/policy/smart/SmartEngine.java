/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.smart;

import io.diskguard.config.SmartSettings;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.Disk;
import java.util.List;
import java.util.function.Predicate;

/**
 * Takes rounds of samples and decides by them; the running agent and {@code simulate} are this class with different inputs.
 * It asks no clock and reads no file: the same calls give the same decisions. Not thread-safe.
 */
public final class SmartEngine {
    public SmartEngine(SmartSettings settings) {}

    /** Decides about every container and disk that has been sampled; in an order that depends on nothing else. */
    public List<SmartDecision> decide(Round round, Surroundings surroundings) {
        throw new UnsupportedOperationException();
    }

    /** Takes a limit from before this process; it stays until the load says otherwise. Nothing if there is one already. */
    public List<SmartDecision> restore(ContainerKey container, Disk disk, SmartLimit limit, Moment now) {
        throw new UnsupportedOperationException();
    }

    /** Takes back all limits of the containers, whatever their load. */
    public List<SmartDecision> release(Predicate<ContainerKey> containers, String reason, Moment now) {
        throw new UnsupportedOperationException();
    }

    /** Forgets the other containers, with their limits; nothing is decided by that. */
    public void retain(Predicate<ContainerKey> containers) {
        throw new UnsupportedOperationException();
    }

    /** The limits in force now. */
    public SmartLimits limits() {
        throw new UnsupportedOperationException();
    }
}
