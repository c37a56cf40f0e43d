/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.Decision;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.SmartLimit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A container on one disk. Immutable.
 *
 * @param kernel the limit that the kernel has, as last read back
 * @param decision the limit that it should have, and why
 * @param detail why it is not as it should be, where that is known
 * @param counters since the container started, as of the last round of sampling; empty where it was not counted
 * @param rates between the last two rounds of sampling; empty where there were no two
 * @param ineffective IO that gets past the limit
 */
public record DiskStanding(
        DiskUse use,
        IoLimit kernel,
        Decision decision,
        State state,
        Optional<String> detail,
        Optional<IoCounters> counters,
        Optional<IoRates> rates,
        List<Ineffective> ineffective) {
    public DiskStanding {
        ineffective = List.copyOf(ineffective);
    }

    /** How what is compares to what should be. */
    public enum State {
        /** The kernel has what was decided. */
        HELD,
        /** Nothing is to be limited, and nothing is. */
        UNLIMITED,
        /** It is about to be written. */
        PENDING,
        /** Somebody else's limit is there, and is left alone. */
        FOREIGN,
        /** Somebody keeps changing our limit, which is left alone for a while. */
        CONTESTED,
        /** The kernel did not take it; it is tried again. */
        FAILED;

        /** As the API has it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Disk disk() {
        return use.disk();
    }

    /** What it should have. */
    public IoLimit wanted() {
        return decision.limit();
    }

    /** What went into it because of load. */
    public Optional<SmartLimit> smart() {
        return decision.smart();
    }

    /** Whether the kernel has what was decided, read back. */
    public boolean isVerified() {
        return state == State.HELD || state == State.UNLIMITED;
    }

    /** Who the number that the kernel has comes from. */
    public LimitSource source(LimitKey key) {
        if (kernel.get(key).isUnlimited()) {
            return LimitSource.NONE;
        }
        return state == State.FOREIGN || state == State.CONTESTED
                ? LimitSource.FOREIGN
                : LimitSource.of(decision.origin(key));
    }
}
