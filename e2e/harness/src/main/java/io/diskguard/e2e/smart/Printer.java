/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.smart;

import io.diskguard.model.Disk;
import io.diskguard.model.PodRef;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.reconcile.Action;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.Outcome;
import io.diskguard.spi.StateStore;

/** Says what the engine does, one line each. */
final class Printer implements DiskGuardListener {
    @Override
    public void smartDecided(Recorded recorded) {
        SmartNode.say("decided " + words(recorded));
    }

    @Override
    public void smartTook(Recorded recorded) {
        SmartNode.say("took " + words(recorded));
    }

    @Override
    public void stateNotStored(PodRef pod, StateStore.Result result) {
        SmartNode.say("not stored " + pod.name() + " " + result);
    }

    @Override
    public void countingOff(Disk disk, String reason) {
        SmartNode.say("counting off " + disk + " " + reason);
    }

    @Override
    public void limitFailed(Action action, Outcome outcome) {
        SmartNode.say("failed " + action + " " + outcome);
    }

    @Override
    public void podFailed(String uid, RuntimeException failure) {
        SmartNode.say("failed " + uid + " " + failure);
        failure.printStackTrace();
    }

    /** {@code APPLY db/app ENFORCE 6s[…] rbps=max …}. */
    private static String words(Recorded recorded) {
        var decision = recorded.decision();
        return decision.kind() + " " + recorded.pod().name() + "/"
                + decision.container().name() + " " + recorded.mode() + " " + decision.reason()
                + decision.after().map(limit -> " " + limit.rates()).orElse("");
    }
}
