/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.agent.report.SmartWords;
import io.diskguard.config.SmartSettings;
import io.diskguard.model.Disk;
import io.diskguard.model.PodRef;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.spi.StateStore;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the log what is decided by the load, and what keeps it from being seen or kept. Thread-safe. */
final class SmartLogging implements DiskGuardListener {
    private static final Logger LOG = LoggerFactory.getLogger("io.diskguard.agent.Decisions");
    private static final int REASONS_MAX = 50;

    private final Set<String> reasons = new HashSet<>();

    @Override
    public void smartDecided(Recorded recorded) {
        var mode = recorded.mode() == SmartSettings.Mode.SHADOW ? "by load, in shadow, would be" : "by load";
        if (recorded.decision().kind() == SmartDecision.Kind.NO_EFFECT) {
            LOG.debug("{}: pod {}, {}", mode, recorded.pod().fullName(), SmartWords.of(recorded.decision()));
        } else {
            LOG.info("{}: pod {}, {}", mode, recorded.pod().fullName(), SmartWords.of(recorded.decision()));
        }
    }

    @Override
    public void smartTook(Recorded recorded) {
        LOG.info("in the kernel: pod {}, {}", recorded.pod().fullName(), SmartWords.of(recorded.decision()));
    }

    @Override
    public void stateNotStored(PodRef pod, StateStore.Result result) {
        var reason = reason(result);
        if (reason.isEmpty() || !isNew(reason)) {
            LOG.debug("smart limits of pod {} are not kept in its annotations: {}", pod.fullName(), result);
        } else {
            LOG.warn(
                    "smart limits of pod {} are not kept in its annotations: {}; they hold, and the kernel's mark keeps them"
                            + " as long as the container is there; not said again for this reason",
                    pod.fullName(),
                    reason);
        }
    }

    @Override
    public void countingOff(Disk disk, String reason) {
        LOG.warn(
                "the kernel does not count on {}: {}; its load is not seen, and nothing is decided by it",
                disk,
                reason);
    }

    @Override
    public void countingOn(Disk disk) {
        LOG.info("the kernel counts on {} again", disk);
    }

    /** Empty for a pod that is gone, which is as it should be. */
    private static String reason(StateStore.Result result) {
        if (result instanceof StateStore.Result.Forbidden forbidden) {
            return forbidden.reason();
        }
        if (result instanceof StateStore.Result.Rejected rejected) {
            return rejected.reason();
        }
        return result instanceof StateStore.Result.Failed failed ? failed.reason() : "";
    }

    private boolean isNew(String reason) {
        synchronized (reasons) {
            return reasons.size() < REASONS_MAX && reasons.add(reason);
        }
    }
}
