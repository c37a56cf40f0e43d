/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.device.DiskResolution;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.policy.Decision;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.StateStore;
import java.time.Duration;
import java.util.List;

/**
 * Hears what the engine does, after the fact. Methods are called on the loop's thread: they must be fast and not throw
 * (an exception is logged and dropped).
 *
 * <pre>
 * diskResolved                     each configured disk, when its answer changes
 * sampled                          each round of sampling
 *  ├─ countingOff                  once per disk and reason
 *  ├─ limitIneffective             once, until it was gone for a while
 *  └─ smartDecided                 each decision
 * smartTook, stateNotStored        later, when the kernel has it, or the state store refuses
 * podReconciled                    each run over a pod
 *  ├─ invalidAnnotation            once per change of the pod
 *  ├─ policyFailed                 once per reason
 *  ├─ cgroupUnreadable             once, until it can be read again
 *  ├─ limitApplied | driftRepaired | limitCleared    read back equal
 *  ├─ foreignLimit                 once per limit
 *  ├─ limitContested               once, when we stop repairing
 *  └─ limitFailed                  is tried again
 * </pre>
 */
public interface DiskGuardListener {
    /** Hears nothing. */
    DiskGuardListener NOOP = new DiskGuardListener() {};

    /** A limit was set or changed, and read back. */
    default void limitApplied(Action.Apply action) {}

    /** Somebody had changed our limit; it is ours again. */
    default void driftRepaired(Action.Apply action) {}

    /** Our limit was taken back. */
    default void limitCleared(Action.Clear action) {}

    /** A limit that is not ours was left alone, where we would have set one. */
    default void foreignLimit(Action.LeaveForeign action) {}

    /** Somebody keeps changing our limit: it is left as it is for that long. */
    default void limitContested(Target target, DeviceId device, Duration pause) {}

    /** A container's limits cannot be read, so none can be set; it is tried again. */
    default void cgroupUnreadable(Target target, String reason) {}

    /** An action did not succeed; it is tried again. */
    default void limitFailed(Action action, Outcome outcome) {}

    /** A pod's owner wrote something wrong; it cost that key only. */
    default void invalidAnnotation(Pod pod, LimitPolicy.Problem problem) {}

    /** A policy failed or proposed what no kernel takes; its own proposal was left out or mended. */
    default void policyFailed(Decision.Failure failure) {}

    /** A configured mount or device was resolved, or could not be. */
    default void diskResolved(DiskResolution resolution) {}

    /** Something was decided by the load: every decision, those in shadow and those without effect too. */
    default void smartDecided(Recorded decision) {}

    /** A smart limit is in the kernel, or is gone from it, or another one is there: read back equal. Never in shadow. */
    default void smartTook(Recorded decision) {}

    /** What smart limit keeps with the pod could not be kept; it is tried again, but where trying does not help. */
    default void stateNotStored(PodRef pod, StateStore.Result result) {}

    /** The counters of all containers were read; {@code watched} are those that were to be. */
    default void sampled(Round round, List<Watched> watched) {}

    /** The kernel does not count on the disk, so its load is not seen; told once for each reason. */
    default void countingOff(Disk disk, String reason) {}

    /** The kernel counts again on a disk of which it was told that it does not. */
    default void countingOn(Disk disk) {}

    /** A limit does not hold all IO of a container: told when it is found, and again only after it was gone for a while. */
    default void limitIneffective(Ineffective finding) {}

    /** A run over one pod ended. */
    default void podReconciled(PodRun run) {}

    /** A run over one pod ended with an exception; the others go on. */
    default void podFailed(String uid, RuntimeException failure) {}
}
