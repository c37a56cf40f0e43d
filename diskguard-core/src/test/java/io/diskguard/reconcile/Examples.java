/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.config.GuardConfig;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DeviceLimits;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One pod with one container on one disk, and the usual configuration. */
final class Examples {
    static final DeviceId DISK = new DeviceId(8, 0);
    static final DeviceId OTHER_DISK = new DeviceId(8, 16);
    static final CgroupPath CGROUP = new CgroupPath("/kubepods/podu-1/c1");
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Examples() {}

    static Pod pod(Map<String, String> annotations) {
        var id = Optional.of(new ContainerId("containerd", "c1"));
        var container = new Container("app", "app:1", ContainerKind.MAIN, id);
        return new Pod("u-1", "shop", "db", QosClass.GUARANTEED, Map.of(), annotations, List.of(container));
    }

    static Target target(Map<String, String> annotations) {
        var pod = pod(annotations);
        return new Target(pod, Optional.of(pod.containers().get(0)), CGROUP);
    }

    static GuardConfig config() {
        return GuardConfig.builder().stateDir(Path.of("state")).build();
    }

    static IoLimit writes(long wiops) {
        return IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(wiops));
    }

    static IoLimit both(long iops) {
        return writes(iops).with(LimitKey.RIOPS, Rate.perSecond(iops));
    }

    static DeviceLimits on(DeviceId disk, IoLimit limit) {
        return DeviceLimits.of(Map.of(disk, limit));
    }

    static Mark mark(DeviceId disk, IoLimit limit) {
        return Mark.NONE.with(disk, new Mark.Entry(limit, "test", Optional.empty(), NOW));
    }
}
