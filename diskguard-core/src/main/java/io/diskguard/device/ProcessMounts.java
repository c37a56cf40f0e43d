/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.Pod;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.ContainerDisks;
import io.diskguard.spi.HostPaths;

/**
 * The disks of a container's volumes and root file system, from the mount table of one of its processes
 * ({@code /proc/<pid>/mountinfo}). Raw block volumes are in no mount table. Remembers nothing; immutable, thread-safe.
 */
public final class ProcessMounts implements ContainerDisks {
    private final HostPaths paths;
    private final CgroupProcesses processes;

    /** @param cgroups a hierarchy that containers' cgroups are in: their {@code cgroup.procs} name the processes */
    public ProcessMounts(HostPaths paths, CgroupFs cgroups) {
        this.paths = paths;
        this.processes = new CgroupProcesses(cgroups);
    }

    @Override
    public ContainerDisks look() {
        return new ContainerMounts(paths, processes, new DeviceResolver(paths).look());
    }

    @Override
    public Places of(Pod pod, Container container, CgroupPath cgroup) {
        return look().of(pod, container, cgroup);
    }
}
