/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.Disk;
import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.policy.limiter.SmartLimiter;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.StateStore;
import java.util.List;

/** Hands on what smart limit tells. */
record SmartTold(GuardedListener listener) implements SmartLimiter.Told {
    @Override
    public void sampled(Round round, List<Watched> watched) {
        listener.tell(to -> to.sampled(round, watched));
    }

    @Override
    public void decided(Recorded decision) {
        listener.tell(to -> to.smartDecided(decision));
    }

    @Override
    public void took(Recorded decision) {
        listener.tell(to -> to.smartTook(decision));
    }

    @Override
    public void invalid(Pod pod, LimitPolicy.Problem problem) {
        listener.tell(to -> to.invalidAnnotation(pod, problem));
    }

    @Override
    public void notStored(PodRef pod, StateStore.Result result) {
        listener.tell(to -> to.stateNotStored(pod, result));
    }

    @Override
    public void ineffective(Ineffective finding) {
        listener.tell(to -> to.limitIneffective(finding));
    }

    @Override
    public void countingOff(Disk disk, String reason) {
        listener.tell(to -> to.countingOff(disk, reason));
    }

    @Override
    public void countingOn(Disk disk) {
        listener.tell(to -> to.countingOn(disk));
    }
}
