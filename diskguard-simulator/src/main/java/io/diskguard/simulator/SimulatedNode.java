/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import io.diskguard.model.Pod;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import io.diskguard.spi.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A Kubernetes node in memory: disks, mounts and processes as procfs and sysfs show them, the cgroups that kubelet and
 * runtime make for its pods, and what the pods do on the disks while {@linkplain #advance time passes}. Needs neither root
 * nor Linux. Thread-safe.
 */
public final class SimulatedNode implements AutoCloseable {
    private static final DeviceId NO_DISK = new DeviceId(0, 2);

    private final ManualClock clock = new ManualClock();
    private final SimulatedPods pods = new SimulatedPods();
    private final Map<ContainerId, List<Load>> loads = new HashMap<>();
    private final FileSystem files;
    private final HostPaths paths;
    private final SimulatedCgroupFs cgroups;
    private final SimulatedHardware hardware;
    private final SimulatedProc proc;
    private final SimulatedKubelet kubelet;

    private SimulatedNode(
            Function<HostPaths, SimulatedCgroupFs> kernel, String type, String options, String processes) {
        files = Jimfs.newFileSystem(
                Configuration.unix().toBuilder().setWorkingDirectory("/").build());
        paths = HostPaths.in(files);
        cgroups = kernel.apply(paths);
        proc = new SimulatedProc(paths);
        hardware = new SimulatedHardware(paths, cgroups, proc);
        proc.mount(SimulatedMount.of("/", NO_DISK, "rootfs", "rootfs"));
        proc.mount(SimulatedMount.of(paths.proc().toString(), new DeviceId(0, 4), "proc", "proc"));
        proc.mount(SimulatedMount.of(paths.sys().toString(), new DeviceId(0, 5), "sysfs", "sysfs"));
        proc.mount(new SimulatedMount(cgroups.mountPoint(), new DeviceId(0, 6), "/", type, type, options));
        kubelet = new SimulatedKubelet(cgroups, proc, processes);
        hardware.writeFigures();
    }

    /** A node with cgroup v1, without disks and pods. */
    public static SimulatedNode v1() {
        return new SimulatedNode(SimulatedCgroupFs::v1, "cgroup", "rw,blkio", "4:blkio:");
    }

    /** A node with cgroup v2, without disks and pods. */
    public static SimulatedNode v2() {
        return new SimulatedNode(SimulatedCgroupFs::v2, "cgroup2", "rw", "0::");
    }

    /** The node's files, clock and ticker, without environment variables. */
    public Environment environment() {
        return new Environment(paths, clock, clock, Map.of());
    }

    /** The hierarchy that carries the IO controller, with the kernel's side of it and its faults. */
    public SimulatedCgroupFs cgroups() {
        return cgroups;
    }

    /** Sets and reads limits in the simulated kernel, of whichever version; for tests of what stands above a driver. */
    public CgroupDriver driver() {
        return new SimulatedDriver(cgroups);
    }

    /** The counters of the node's containers, whichever version of cgroups; for tests of what stands above a source. */
    public IoStatsSource stats() {
        return new SimulatedStats(cgroups);
    }

    /** Keeps texts in the annotations of the node's pods. */
    public StateStore state() {
        return new SimulatedState(pods);
    }

    /** The node's pods, synced unless {@linkplain #losePods lost}. */
    public PodSource pods() {
        return pods;
    }

    /** Where the pods' cgroups are. */
    public PodCgroups podCgroups() {
        return kubelet;
    }

    /** The node's clock; turning it by hand lets time pass without IO. */
    public ManualClock clock() {
        return clock;
    }

    /**
     * Plugs in a disk with its partitions, at any time.
     *
     * @throws IllegalArgumentException if something that it is made of is not there
     */
    public synchronized void addDisk(SimulatedDisk disk) {
        hardware.add(disk);
    }

    /**
     * Pulls a disk out: it vanishes from sysfs, {@code /dev} and the cgroups, with its partitions; mounts on it stay, as they
     * do.
     *
     * @param name kernel name; nothing if there is none
     */
    public synchronized void removeDisk(String name) {
        hardware.remove(name);
    }

    /**
     * From now on the disk can do so many operations a second, reads and writes together; until then there is no end to what it
     * can do. Who asks for more waits, and the pressure rises.
     */
    public synchronized void capacity(DeviceId disk, long operations) {
        hardware.setCapacity(disk, operations);
    }

    /** Mounts a file system, for this process and for the host. */
    public synchronized void mount(SimulatedMount mount) {
        proc.mount(mount);
    }

    /** Mounts a btrfs file system over several disks or partitions: its number is anonymous, its source the first of them. */
    public synchronized void mountBtrfs(String mountPoint, String uuid, int anonymousMinor, List<String> members) {
        hardware.mountBtrfs(mountPoint, uuid, new DeviceId(0, anonymousMinor), members);
    }

    /** Unmounts whatever is mounted there. */
    public synchronized void unmount(String mountPoint) {
        proc.unmount(mountPoint);
    }

    /** What a volume of the pod is; said before the pod starts, as a container's mounts are made when it starts. */
    public synchronized void volume(String podUid, String name, SimulatedVolume volume) {
        kubelet.volume(podUid, name, volume);
    }

    /** Starts a pod: it is known first, then its containers that have an id get a cgroup and a process. */
    public synchronized void addPod(Pod pod) {
        pods.put(pod);
        kubelet.run(pod);
    }

    /** Replaces a pod of the same uid; containers whose id is new start, those whose id is gone end. */
    public synchronized void changePod(Pod pod) {
        addPod(pod);
        loads.keySet().retainAll(kubelet.containers().keySet());
    }

    /** Ends a pod: its cgroups go first, then it is forgotten; nothing if it is not there. */
    public synchronized void removePod(String uid) {
        if (kubelet.end(uid).isPresent()) {
            loads.keySet().retainAll(kubelet.containers().keySet());
            pods.remove(uid);
        }
    }

    /** From now on the pods are not known, while they go on running: {@link PodSource.Snapshot.Unknown}. */
    public void losePods(String reason) {
        pods.lose(reason);
    }

    /** The pods are known again. */
    public void findPods() {
        pods.find();
    }

    /** Where the container's cgroup is; empty if no running pod has it. */
    public synchronized Optional<CgroupPath> cgroupOf(ContainerId container) {
        return kubelet.cgroupOf(container);
    }

    /** The process of the container; empty if it does not run. */
    public synchronized Optional<Long> pidOf(ContainerId container) {
        return kubelet.pidOf(container);
    }

    /** What a running container did on a disk since it started, whether the kernel's statistics count there or not. */
    public synchronized IoCounters doneBy(ContainerId container, DeviceId disk) {
        return kubelet.cgroupOf(container)
                .map(cgroup -> cgroups.doneBy(cgroup, disk))
                .orElseThrow(() -> new IllegalArgumentException(container + " does not run"));
    }

    /** From now on the container tries to do this much, instead of what it tried before. */
    public synchronized void load(ContainerId container, Load... load) {
        loads.put(container, List.of(load));
    }

    /** Lets time pass: the containers do what the limits in force allow, and the kernel counts it. */
    public synchronized void advance(Duration time) {
        clock.advance(time);
        var demands = new ArrayList<Demand>();
        kubelet.containers().forEach((id, cgroup) -> loads.getOrDefault(id, List.of())
                .forEach(load -> demands.add(new Demand(cgroup, load))));
        cgroups.run(demands, time);
        hardware.writeFigures();
    }

    /** Forgets everything; the node's files cannot be read any more. */
    @Override
    public synchronized void close() {
        pods.close();
        kubelet.close();
        try {
            files.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
