/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.device.DiskResolution;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.reconcile.Action;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.Outcome;
import io.diskguard.reconcile.Target;
import io.diskguard.spi.LimitPolicy;
import java.time.Duration;

/** Tells pods' owners, as events, what they should look at. What is as it should be is no event. Thread-safe. */
final class EventListener implements DiskGuardListener {
    private final Warnings events;

    /** Takes warnings: a reason is one word, a message is for people. */
    interface Warnings {
        void ofPod(PodRef pod, String reason, String message);

        void ofNode(String reason, String message);
    }

    EventListener(Warnings events) {
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
    public void diskResolved(DiskResolution resolution) {
        if (resolution instanceof DiskResolution.Missing) {
            events.ofNode("DiskMissing", DiskWords.of(resolution));
        }
    }

    private void warn(Pod pod, String reason, String message) {
        events.ofPod(PodRef.of(pod), reason, message);
    }

    private static String container(Target target) {
        return "container " + target.container().map(it -> it.name()).orElseGet(target.cgroup()::name);
    }
}
