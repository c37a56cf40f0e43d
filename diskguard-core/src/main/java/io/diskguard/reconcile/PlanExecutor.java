/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.Decision;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupDriver.ApplyResult;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The only one who writes: first the mark, then the limit, then reads it back. */
final class PlanExecutor {
    /** A tenant writes part of it, and the kernel takes no attribute above 64 KiB (XATTR_SIZE_MAX): what cannot be marked is not limited. */
    private static final int LONGEST_ORIGIN = 200;

    private static final Outcome VERIFIED = new Outcome.Verified();
    private static final Outcome GONE = new Outcome.Gone();

    private final CgroupDriver driver;
    private final Marks marks;
    private final Clock clock;

    PlanExecutor(CgroupDriver driver, Marks marks, Clock clock) {
        this.driver = driver;
        this.marks = marks;
        this.clock = clock;
    }

    Outcome apply(Action.Apply action) {
        var cgroup = action.cgroup();
        var reading = marks.read(cgroup);
        if (!(reading instanceof MarkReading.Known known)) {
            return unreadable(reading);
        }
        var before = known.mark();
        var marked = marks.write(cgroup, before.with(action.device(), entry(action.decision())));
        if (marked instanceof FsResult.Failed failed) {
            return unmarked(cgroup, failed);
        }
        var outcome = write(cgroup, action.device(), action.decision().limit());
        if (outcome instanceof Outcome.Rejected) {
            restore(cgroup, action.device(), before);
        }
        return outcome;
    }

    Outcome clear(CgroupPath cgroup, DeviceId device) {
        var outcome = write(cgroup, device, IoLimit.UNLIMITED);
        if (outcome instanceof Outcome.Rejected no && no.errno() == Errno.ENODEV) {
            // A disk that is not there any more took its limit along
            outcome = verify(cgroup, device, IoLimit.UNLIMITED);
        }
        if (!outcome.equals(VERIFIED)) {
            return outcome;
        }
        var reading = marks.read(cgroup);
        if (!(reading instanceof MarkReading.Known known)) {
            return unreadable(reading);
        }
        var result = marks.write(cgroup, known.mark().without(device));
        return result instanceof FsResult.Failed failed ? unmarked(cgroup, failed) : VERIFIED;
    }

    Outcome remark(Action.Remark action) {
        var cgroup = action.cgroup();
        var reading = marks.read(cgroup);
        if (!(reading instanceof MarkReading.Known known)) {
            return unreadable(reading);
        }
        var result = marks.write(cgroup, known.mark().with(action.device(), entry(action.decision())));
        return result instanceof FsResult.Failed failed ? unmarked(cgroup, failed) : VERIFIED;
    }

    private Outcome write(CgroupPath cgroup, DeviceId device, IoLimit limit) {
        var result = driver.apply(cgroup, device, limit);
        if (result instanceof ApplyResult.Gone) {
            return GONE;
        } else if (result instanceof ApplyResult.ControllerOff off) {
            return new Outcome.Retry(off.detail());
        } else if (result instanceof ApplyResult.Rejected rejected) {
            return new Outcome.Rejected(rejected.errno(), rejected.detail());
        }
        return verify(cgroup, device, limit);
    }

    private Outcome verify(CgroupPath cgroup, DeviceId device, IoLimit limit) {
        var read = driver.read(cgroup);
        if (read instanceof ReadResult.Found found) {
            var actual = found.limits().get(device);
            return actual.equals(limit)
                    ? VERIFIED
                    : new Outcome.Retry("wrote " + device + " " + limit + ", read back " + actual);
        } else if (read instanceof ReadResult.Failed failed) {
            return new Outcome.Retry("cannot read back: " + failed.detail());
        } else if (read instanceof ReadResult.ControllerOff off) {
            return new Outcome.Retry(off.detail());
        }
        return GONE;
    }

    /** On v1 a refused limit may have left some of its numbers: a first one goes before its mark does. */
    private void restore(CgroupPath cgroup, DeviceId device, Mark before) {
        if (before.get(device).isEmpty()) {
            driver.clear(cgroup, device);
            var left = driver.read(cgroup);
            if (left instanceof ReadResult.Found found
                    && !found.limits().get(device).isUnlimited()) {
                return;
            }
        }
        marks.write(cgroup, before);
    }

    private static Outcome unreadable(MarkReading reading) {
        return new Outcome.Retry(
                reading instanceof MarkReading.Unreadable unreadable ? unreadable.reason() : "the mark is not known");
    }

    private Outcome unmarked(CgroupPath cgroup, FsResult.Failed failed) {
        return driver.hierarchy().exists(cgroup)
                ? new Outcome.Rejected(failed.errno(), "cannot mark the limit as ours: " + failed.detail())
                : GONE;
    }

    private Mark.Entry entry(Decision decision) {
        var origin = Arrays.stream(LimitKey.values())
                .filter(key -> !decision.limit().get(key).isUnlimited())
                .map(decision::origin)
                .distinct()
                .collect(Collectors.joining(", "));
        origin = origin.length() > LONGEST_ORIGIN ? origin.substring(0, LONGEST_ORIGIN) + "…" : origin;
        return new Mark.Entry(decision.limit(), origin, decision.smart(), clock.instant());
    }
}
