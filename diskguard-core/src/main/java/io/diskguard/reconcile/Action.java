/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.policy.Decision;
import java.util.Optional;

/** One thing to do, or to say, about one disk of one cgroup. Immutable. */
public sealed interface Action {
    CgroupPath cgroup();

    DeviceId device();

    /** What the kernel has now. */
    IoLimit before();

    /** Set our limit. */
    record Apply(Target target, DeviceId device, IoLimit before, Decision decision, Cause cause) implements Action {
        @Override
        public CgroupPath cgroup() {
            return target.cgroup();
        }
    }

    /**
     * Take our limit back.
     *
     * @param target empty for a cgroup that belongs to no pod any more
     */
    record Clear(Optional<Target> target, CgroupPath cgroup, DeviceId device, IoLimit before) implements Action {}

    /** Note in the mark what the kernel already says. */
    record Remark(Target target, DeviceId device, IoLimit before, Decision decision) implements Action {
        @Override
        public CgroupPath cgroup() {
            return target.cgroup();
        }
    }

    /** Leave alone a limit that is not ours, where we would have set {@code wanted}. */
    record LeaveForeign(Target target, DeviceId device, IoLimit before, IoLimit wanted) implements Action {
        @Override
        public CgroupPath cgroup() {
            return target.cgroup();
        }
    }

    /** Why a limit is written. */
    enum Cause {
        /** There was none. */
        NEW,
        /** Ours was to change. */
        CHANGED,
        /** The kernel no longer had what we had set. */
        DRIFT
    }
}
