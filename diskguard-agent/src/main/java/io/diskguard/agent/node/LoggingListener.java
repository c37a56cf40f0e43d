/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.device.DiskResolution;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Pod;
import io.diskguard.policy.Decision;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.reconcile.Action;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.Outcome;
import io.diskguard.reconcile.Target;
import io.diskguard.spi.LimitPolicy;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what the engine does to the log, a line each. Thread-safe. */
final class LoggingListener implements DiskGuardListener {
    private static final Logger LOG = LoggerFactory.getLogger("io.diskguard.agent.Decisions");

    @Override
    public void limitApplied(Action.Apply action) {
        LOG.info(
                "limited {} on {}: {} (was {})",
                action.target().name(),
                action.device(),
                action.decision().limit(),
                action.before());
    }

    @Override
    public void driftRepaired(Action.Apply action) {
        LOG.warn(
                "somebody had changed the limit of {} on {} to {}; it is {} again",
                action.target().name(),
                action.device(),
                action.before(),
                action.decision().limit());
    }

    @Override
    public void limitCleared(Action.Clear action) {
        LOG.info("cleared the limit of {} on {} (was {})", name(action), action.device(), action.before());
    }

    @Override
    public void foreignLimit(Action.LeaveForeign action) {
        LOG.warn(
                "{} on {} has a limit that is not ours, {}; it is left alone (ours would be {})",
                action.target().name(),
                action.device(),
                action.before(),
                action.wanted());
    }

    @Override
    public void limitContested(Target target, DeviceId device, Duration pause) {
        LOG.warn("somebody keeps changing the limit of {} on {}; left alone for {}", target.name(), device, pause);
    }

    @Override
    public void cgroupUnreadable(Target target, String reason) {
        LOG.warn("{} cannot be limited yet: {}; tried again", target.name(), reason);
    }

    @Override
    public void limitFailed(Action action, Outcome outcome) {
        LOG.warn("{} on {} was not changed and is tried again: {}", action.cgroup(), action.device(), outcome);
    }

    @Override
    public void invalidAnnotation(Pod pod, LimitPolicy.Problem problem) {
        LOG.warn(
                "pod {}: annotation {} is \"{}\", expected {}; it is ignored",
                pod.fullName(),
                problem.key(),
                problem.value(),
                problem.expected());
    }

    @Override
    public void policyFailed(Decision.Failure failure) {
        LOG.warn("policy {} failed, its proposal is left out or mended: {}", failure.policy(), failure.reason());
    }

    @Override
    public void limitIneffective(Ineffective finding) {
        LOG.warn("the limit of {} {}", finding.pod().fullName(), finding.words());
    }

    @Override
    public void diskResolved(DiskResolution resolution) {
        if (resolution instanceof DiskResolution.Found) {
            LOG.info("{}", DiskWords.of(resolution));
        } else if (resolution instanceof DiskResolution.Missing) {
            LOG.error("not ready: {}; looking again at every resync", DiskWords.of(resolution));
        } else {
            LOG.warn("{}", DiskWords.of(resolution));
        }
    }

    @Override
    public void podFailed(String uid, RuntimeException failure) {
        LOG.error("pod {} failed and is tried again", uid, failure);
    }

    private static String name(Action.Clear action) {
        return action.target().map(Target::name).orElseGet(() -> action.cgroup().value());
    }
}
