/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.limiter;

import io.diskguard.config.DiskCapacity;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.SmartLimits;
import io.diskguard.policy.smart.Watched;
import io.diskguard.spi.Environment;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.StateStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Who limits containers by their load. The loop's thread calls it; {@link #limits()} and {@link #decisions()} are asked by
 * any. What it decides reaches the kernel by the plan of the pod, like any other limit.
 */
public interface SmartLimiter {
    /** Nobody. */
    Factory NONE = (environment, config, policies, capacities, inputs, told) -> new NoSmartLimits();

    /** What is to be in the kernel. */
    SmartLimits limits();

    /** What was decided, oldest first; older ones than some hundred are forgotten. */
    List<Recorded> decisions();

    /** Limits that do not hold now, as far as was looked; asked by any thread. */
    default List<Ineffective> ineffective() {
        return List.of();
    }

    /**
     * A pod as it was found, before anything is planned for it.
     *
     * @param watched its containers that run and are guarded
     * @param marks what the marks on their cgroups say, by container name; a name for each that has any mark of ours
     * @param absent names of containers that do not run
     * @param exempt names of containers that are never limited
     */
    void meet(
            Pod pod,
            List<Watched> watched,
            Map<String, Map<DeviceId, SmartLimit>> marks,
            Set<String> absent,
            Set<String> exempt,
            Collection<Disk> disks);

    /**
     * A pod after its plan was carried out.
     *
     * @param kernel what the kernel has now, of each container that was looked at
     * @param taken whether the kernel has what was decided of a container and disk; where not, the pod comes again
     */
    void planned(Pod pod, Map<ContainerKey, Map<DeviceId, IoLimit>> kernel, BiPredicate<ContainerKey, DeviceId> taken);

    /**
     * Samples and decides, if it is time.
     *
     * @param idle whether there is nothing better to do
     * @return uids of the pods whose limits are others now
     */
    Set<String> turn(BooleanSupplier idle);

    /** How long until {@link #turn} has something to do; zero while it is at it. */
    Duration untilDue();

    /** Forgets the other pods: these are all that there are. */
    void retain(Set<String> uids);

    /**
     * Another configuration holds from now on; history and limits go on. Every pod is met and planned anew after it.
     *
     * @param capacities what each disk can do
     */
    void reconfigure(GuardConfig config, PolicyChain policies, Function<DeviceId, DiskCapacity> capacities);

    /** Who is told what. */
    interface Told {
        void sampled(Round round, List<Watched> watched);

        void decided(Recorded decision);

        /** The kernel has it. */
        void took(Recorded decision);

        /** What is kept with the pod makes no sense in parts. */
        void invalid(Pod pod, LimitPolicy.Problem problem);

        void notStored(PodRef pod, StateStore.Result result);

        void countingOff(Disk disk, String reason);

        /** It counts again. */
        default void countingOn(Disk disk) {}

        /** A limit does not hold all IO of a container; told when it is found, not as long as it is so. */
        void ineffective(Ineffective finding);
    }

    /** Makes one, of {@code diskguard-smart} or of your own. */
    @FunctionalInterface
    interface Factory {
        /** @param capacities what each disk can do */
        SmartLimiter create(
                Environment environment,
                GuardConfig config,
                PolicyChain policies,
                Function<DeviceId, DiskCapacity> capacities,
                LoadInputs inputs,
                Told told);
    }
}
