/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.faults;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.CgroupWatch;
import io.diskguard.spi.ContainerDisks;
import io.diskguard.spi.ControlFile;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.IoSignals;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.LimitEscapes;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.StateStore;
import io.diskguard.testkit.fault.Call;
import io.diskguard.testkit.fault.Fault;
import io.diskguard.testkit.fault.FaultPlan;
import io.diskguard.testkit.fault.Faulty;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Everything that an embedder hands to the engine, or that is handed over for it. */
final class Borders {
    static final MountRef MOUNT = new MountRef("data", "/data", false);

    static final List<Class<?>> ALL = List.of(
            CgroupFs.class,
            CgroupDriver.class,
            PodCgroups.class,
            PodSource.class,
            RuntimeResolver.class,
            ContainerDisks.class,
            LimitEscapes.class,
            LimitPolicy.class,
            IoStatsSource.class,
            IoSignals.class,
            StateStore.class,
            DiskGuardListener.class);

    private Borders() {}

    /** Each operation once, whichever port gives the port that has it. */
    static Set<String> operations() {
        var all = new TreeSet<String>();
        ALL.forEach(port -> all.addAll(Faulty.operations(port)));
        return all;
    }

    static Class<?> port(String operation) {
        var name = operation.substring(0, operation.indexOf('.'));
        return Stream.concat(ALL.stream(), Stream.of(ControlFile.class, CgroupWatch.class))
                .filter(port -> port.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** With its parameters. */
    static String method(String operation) {
        return operation.substring(operation.indexOf('.') + 1);
    }

    /** Has that go wrong without which the operation is not called. */
    static void provoke(FaultPlan plan, String operation, Predicate<Call> where) {
        if (operation.equals("CgroupFs.exists(CgroupPath,String)")) {
            var refusal = FsResult.failed(Errno.ENODEV, "no such device");
            plan.at(CgroupFs.class, "write", where, Fault.garbage(refusal));
        }
    }

    /** Whether a call is about one pod, container or cgroup. */
    static boolean hasPlace(String operation) {
        return operation.startsWith("ControlFile.")
                || Stream.of("Pod", "ContainerId", "CgroupPath", "Subject", "Asked", "read(String")
                        .anyMatch(method(operation)::contains);
    }

    /** The data volume is on the node's disk. */
    static ContainerDisks.Places disks(Pod pod, Container container, CgroupPath cgroup) {
        return new ContainerDisks.Places.Known(container.mounts().stream()
                .map(mount -> (ContainerDisks.Place)
                        new ContainerDisks.Place.Volume(mount.volume(), List.of(Scene.NVME), List.of("as it is")))
                .toList());
    }

    static List<LimitEscapes.Escape> escapes(LimitEscapes.Asked asked) {
        return List.of();
    }
}
