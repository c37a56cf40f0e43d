/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.ContainerDisks;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.RuntimeResolver.Resolution;
import java.util.function.Function;

/**
 * The disks of a container's volumes and root file system, from the mount table of one of its processes
 * ({@code /proc/<pid>/mountinfo}). Raw block volumes are in no mount table: of them the runtime knows, else the kubelet's
 * directories tell. Remembers only the block devices that a container was given, which never change. Thread-safe.
 */
public final class ProcessMounts implements ContainerDisks {
    private final HostPaths paths;
    private final CgroupProcesses processes;
    private final ContainerNodes nodes;

    /** The same without a runtime to ask. */
    public ProcessMounts(HostPaths paths, CgroupFs cgroups) {
        this(paths, cgroups, id -> new Resolution.Unknown("no runtime is configured"));
    }

    /**
     * @param cgroups a hierarchy that containers' cgroups are in: their {@code cgroup.procs} name the processes
     * @param runtime asked for the block devices of a container, by its id
     */
    public ProcessMounts(HostPaths paths, CgroupFs cgroups, Function<ContainerId, Resolution> runtime) {
        this.paths = paths;
        this.processes = new CgroupProcesses(cgroups);
        this.nodes = new ContainerNodes(runtime);
    }

    @Override
    public ContainerDisks look() {
        return mounts();
    }

    ContainerMounts mounts() {
        var host = new DeviceResolver(paths).look();
        return new ContainerMounts(
                paths, processes, host, new BlockVolumes(nodes, new KubeletNodes(paths, host), host));
    }

    @Override
    public Places of(Pod pod, Container container, CgroupPath cgroup) {
        return look().of(pod, container, cgroup);
    }
}
