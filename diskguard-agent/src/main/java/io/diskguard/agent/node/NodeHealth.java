/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.DiskGuard;
import io.diskguard.GuardStatus;
import io.diskguard.agent.http.Health;
import io.diskguard.model.CgroupPath;
import io.diskguard.reload.ConfigStatus;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.PodSource;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How the agent of this node is. What is outside of it (API server, runtime, disks) never counts against its life. */
final class NodeHealth implements Health {
    /** Longer than any single answer that the loop waits for. */
    static final Duration LATE = Duration.ofMinutes(2);

    private final DiskGuard guard;
    private final NodePods pods;
    private final CgroupFs hierarchy;
    private final Supplier<ConfigStatus> configuration;

    NodeHealth(DiskGuard guard, NodePods pods, CgroupFs hierarchy, Supplier<ConfigStatus> configuration) {
        this.guard = guard;
        this.pods = pods;
        this.hierarchy = hierarchy;
        this.configuration = configuration;
    }

    @Override
    public Check liveness() {
        var late = guard.status().late();
        var ok = late.compareTo(LATE) < 0;
        return new Check("loop", ok, ok ? "turns" : "has done nothing for " + late.toSeconds() + " s");
    }

    @Override
    public List<Check> readiness() {
        var status = guard.status();
        return List.of(configuration(), driver(), disks(status), pods(status.pods()));
    }

    /** What is in force is valid whatever the sources say; that it is not what they say has to be seen. */
    private Check configuration() {
        var status = configuration.get();
        return new Check("configuration", status.last().isGood(), ReloadWords.status(status));
    }

    private Check driver() {
        var there = hierarchy.exists(CgroupPath.ROOT);
        return new Check(
                "driver", there, "limits in " + hierarchy.mountPoint() + (there ? "" : ", which is not there"));
    }

    private static Check disks(GuardStatus status) {
        var words = status.disks().stream().map(DiskWords::of).collect(Collectors.joining("; "));
        return new Check("disks", status.areDisksFound(), words.isEmpty() ? "not looked for yet" : words);
    }

    private Check pods(PodSource.Snapshot snapshot) {
        var trouble = pods.trouble().get();
        if (snapshot instanceof PodSource.Snapshot.Unknown unknown) {
            return new Check("pods", false, trouble.orElse(unknown.reason()));
        }
        var known = (PodSource.Snapshot.Synced) snapshot;
        var count = known.pods().size() + " known, " + (known.complete() ? "all of the node" : "maybe not all");
        return new Check(
                "pods", known.complete(), count + trouble.map(it -> "; " + it).orElse(""));
    }
}
