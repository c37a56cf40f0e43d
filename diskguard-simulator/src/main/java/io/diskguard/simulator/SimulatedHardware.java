/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.util.List;
import java.util.Optional;

/** The node's disks, which the kernel throttles and sysfs and procfs show. Guarded by the node's lock. */
final class SimulatedHardware {
    private final HostPaths paths;
    private final SimulatedCgroupFs cgroups;
    private final SimulatedSysfs sysfs;
    private final SimulatedProc proc;

    SimulatedHardware(HostPaths paths, SimulatedCgroupFs cgroups, SimulatedProc proc) {
        this.paths = paths;
        this.cgroups = cgroups;
        this.sysfs = new SimulatedSysfs(paths);
        this.proc = proc;
    }

    void add(SimulatedDisk disk) {
        var below = disk.slaves().stream()
                .map(name -> sysfs.number(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                disk.name() + " is made of " + name + ", which is not there (yet)")))
                .toList();
        cgroups.addStacked(disk.id(), disk.spread(), below);
        disk.partitions().values().forEach(partition -> cgroups.addPartition(partition, disk.id()));
        sysfs.add(disk);
        writeFigures();
    }

    void remove(String name) {
        var disk = Optional.ofNullable(sysfs.disks().get(name));
        sysfs.remove(name);
        disk.ifPresent(gone -> {
            cgroups.removeDisk(gone.id());
            gone.partitions().values().forEach(cgroups::removeDisk);
        });
        writeFigures();
    }

    void mountBtrfs(String mountPoint, String uuid, DeviceId anonymous, List<String> members) {
        sysfs.addBtrfs(uuid, members);
        var source = paths.dev().resolve(members.get(0)).toString();
        proc.mount(SimulatedMount.of(mountPoint, anonymous, "btrfs", source));
    }

    void setCapacity(DeviceId disk, long operations) {
        cgroups.setCapacity(disk, operations);
    }

    /** What was done so far, and how long it was waited for. */
    void writeFigures() {
        proc.writeDiskstats(sysfs.disks(), cgroups.done());
        sysfs.writeStat(cgroups.done());
        proc.writePressure(cgroups.nodePressure());
    }
}
