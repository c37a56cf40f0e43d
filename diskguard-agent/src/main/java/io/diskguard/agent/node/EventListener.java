/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.agent.report.SmartWords;
import io.diskguard.device.DiskResolution;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.reconcile.Action;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.Outcome;
import io.diskguard.reconcile.Target;
import io.diskguard.reload.Reload;
import io.diskguard.reload.ReloadListener;
import io.diskguard.spi.LimitPolicy;
import java.time.Duration;

/**
 * Tells pods' owners, as events, what they should look at, and which limits their load has brought them; and of the node what
 * becomes of changes of its configuration. Thread-safe.
 */
final class EventListener implements DiskGuardListener, ReloadListener {
    private final Events events;

    /** Takes events: a reason is one word, a message is for people. */
    interface Events {
        /** @param warning whether somebody should look at it; else it is as it should be */
        void ofPod(PodRef pod, boolean warning, String reason, String message);

        void ofNode(boolean warning, String reason, String message);
    }

    EventListener(Events events) {
        this.events = events;
    }

    @Override
    public void invalidAnnotation(Pod pod, LimitPolicy.Problem problem) {
        warn(
                pod,
                "InvalidAnnotation",
                "annotation " + problem.key() + " is \"" + problem.value() + "\", expected " + problem.expected()
                        + "; it is ignored");
    }

    @Override
    public void limitFailed(Action action, Outcome outcome) {
        if (action instanceof Action.Apply apply && outcome instanceof Outcome.Rejected rejected) {
            warn(
                    apply.target().pod(),
                    "LimitFailed",
                    "the kernel refuses the limit of " + container(apply.target()) + " on " + action.device() + ": "
                            + rejected.detail());
        }
    }

    @Override
    public void driftRepaired(Action.Apply action) {
        warn(
                action.target().pod(),
                "LimitDrifted",
                "somebody had changed the limit of " + container(action.target()) + " on " + action.device() + " to "
                        + action.before() + "; it is " + action.decision().limit() + " again");
    }

    @Override
    public void limitContested(Target target, DeviceId device, Duration pause) {
        warn(
                target.pod(),
                "LimitContested",
                "somebody keeps changing the limit of " + container(target) + " on " + device + "; left alone for "
                        + pause.toMinutes() + " minutes");
    }

    @Override
    public void limitIneffective(Ineffective finding) {
        events.ofPod(finding.pod(), true, "LimitIneffective", "the limit of " + finding.words());
    }

    @Override
    public void diskResolved(DiskResolution resolution) {
        if (resolution instanceof DiskResolution.Missing) {
            events.ofNode(true, "DiskMissing", DiskWords.of(resolution));
        }
    }

    @Override
    public void reloaded(Reload reload) {
        switch (reload.result()) {
            case APPLIED -> events.ofNode(false, "ConfigReloaded", ReloadWords.changes(reload));
            case UNCHANGED -> {}
            case REJECTED, ROLLED_BACK -> events.ofNode(true, "ConfigRejected", ReloadWords.trouble(reload));
        }
    }

    /** What is restored was told when it was decided. */
    @Override
    public void smartTook(Recorded recorded) {
        var message = SmartWords.of(recorded.decision());
        switch (recorded.decision().kind()) {
            case APPLY -> events.ofPod(recorded.pod(), true, "SmartLimitApplied", message);
            case UPDATE -> events.ofPod(recorded.pod(), false, "SmartLimitUpdated", message);
            case RELEASE -> events.ofPod(recorded.pod(), false, "SmartLimitRemoved", message);
            default -> {}
        }
    }

    private void warn(Pod pod, String reason, String message) {
        events.ofPod(PodRef.of(pod), true, reason, message);
    }

    private static String container(Target target) {
        return "container " + target.container().map(it -> it.name()).orElseGet(target.cgroup()::name);
    }
}
