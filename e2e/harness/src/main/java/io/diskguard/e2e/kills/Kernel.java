/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.cgroup.HostCgroupFs;
import io.diskguard.cgroup.v1.BlkioThrottleDriver;
import io.diskguard.cgroup.v2.IoMaxDriver;
import io.diskguard.e2e.churn.Limits;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DeviceLimits;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupDriver.ApplyResult;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.FsResult;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The cgroups of a node below the root of a hierarchy of either version, one disk's limits in them, and the marks. Thread-safe. */
final class Kernel {
    private static final String MARK = "diskguard";

    private final Path root;
    private final boolean isUnified;
    private final DeviceId disk;
    private final CgroupFs fs;
    private final CgroupDriver driver;

    /**
     * @param version 1 or 2
     * @param root where {@code kubepods} is made
     */
    Kernel(int version, Path root, DeviceId disk) {
        this.root = root;
        this.disk = disk;
        isUnified = version == 2;
        fs = new HostCgroupFs(root);
        driver = isUnified ? new IoMaxDriver(fs) : new BlkioThrottleDriver(fs);
    }

    /** Whether the four numbers of a container can only change together. */
    boolean isAtomic() {
        return isUnified;
    }

    DeviceId disk() {
        return disk;
    }

    Path directory(CgroupPath cgroup) {
        return root.resolve(cgroup.value().substring(1));
    }

    /** Empty if the cgroup is gone. */
    Optional<DeviceLimits> read(CgroupPath cgroup) {
        var result = driver.read(cgroup);
        if (result instanceof ReadResult.Found found) {
            return Optional.of(found.limits());
        } else if (result instanceof ReadResult.Gone) {
            return Optional.empty();
        }
        throw new IllegalStateException(cgroup + ": " + result);
    }

    Limits ofDisk(DeviceLimits limits) {
        var limit = limits.get(disk);
        return Limits.of(number(limit.riops()), number(limit.wiops()), number(limit.rbps()), number(limit.wbps()));
    }

    /** As somebody else than the agent would. */
    void set(CgroupPath cgroup, Limits limits) {
        var limit = IoLimit.UNLIMITED;
        var index = 0;
        for (var key : new LimitKey[] {LimitKey.RIOPS, LimitKey.WIOPS, LimitKey.RBPS, LimitKey.WBPS}) {
            limit = limit.with(key, Rate.ofZeroIsUnlimited(limits.get(index++)));
        }
        var result = driver.apply(cgroup, disk, limit);
        if (!(result instanceof ApplyResult.Applied)) {
            throw new IllegalStateException(cgroup + ": " + result);
        }
    }

    /** With what is above it, and with the controller switched on for it. */
    void make(CgroupPath cgroup) {
        var parent = cgroup.parent().orElseThrow();
        if (!parent.isRoot() && !fs.exists(parent)) {
            make(parent);
        }
        if (isUnified) {
            done(fs.write(parent, "cgroup.subtree_control", "+io"));
        }
        if (!fs.exists(cgroup)) {
            done(fs.mkdir(cgroup));
        }
    }

    boolean exists(CgroupPath cgroup) {
        return fs.exists(cgroup);
    }

    void remove(CgroupPath cgroup) {
        done(fs.rmdir(cgroup));
    }

    /** This and what is below, as far as that can be. */
    void removeAll(CgroupPath cgroup) {
        for (var child : fs.children(cgroup)) {
            removeAll(cgroup.child(child));
        }
        if (fs.exists(cgroup)) {
            fs.rmdir(cgroup);
        }
    }

    Optional<String> mark(CgroupPath cgroup) {
        return fs.attribute(cgroup, MARK) instanceof AttributeResult.Present present
                ? Optional.of(present.value())
                : Optional.empty();
    }

    /** As an agent that ran before. */
    void mark(CgroupPath cgroup, String mark) {
        done(fs.setAttribute(cgroup, MARK, mark));
    }

    /** Besides the one disk. */
    Map<DeviceId, IoLimit> others(DeviceLimits limits) {
        return limits.with(disk, IoLimit.UNLIMITED).byDevice();
    }

    private static long number(Rate rate) {
        return rate instanceof Rate.PerSecond limited ? limited.value() : 0;
    }

    private static void done(FsResult result) {
        if (!result.isOk()) {
            throw new IllegalStateException(result.toString());
        }
    }
}
