/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Pod;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.PodSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A Kubernetes node in memory: disks and mounts as procfs and sysfs show them, the cgroups that kubelet and runtime make
 * for its pods, and what the pods do on the disks while {@linkplain #advance time passes}. Needs neither root nor Linux.
 * Thread-safe.
 */
public final class SimulatedNode implements AutoCloseable {
    private static final DeviceId NO_DISK = new DeviceId(0, 2);

    private final ManualClock clock = new ManualClock();
    private final SimulatedPods pods = new SimulatedPods();
    private final Map<String, Pod> running = new HashMap<>();
    private final Map<ContainerId, List<Load>> loads = new HashMap<>();
    private final List<SimulatedMount> mounts = new ArrayList<>();
    private final FileSystem files;
    private final HostPaths paths;
    private final SimulatedCgroupFs cgroups;

    private SimulatedNode(Function<HostPaths, SimulatedCgroupFs> kernel, String type, String options) {
        files = Jimfs.newFileSystem(
                Configuration.unix().toBuilder().setWorkingDirectory("/").build());
        paths = HostPaths.in(files);
        cgroups = kernel.apply(paths);
        mount(SimulatedMount.of("/", NO_DISK, "rootfs", "rootfs"));
        mount(SimulatedMount.of(paths.proc().toString(), new DeviceId(0, 4), "proc", "proc"));
        mount(SimulatedMount.of(paths.sys().toString(), new DeviceId(0, 5), "sysfs", "sysfs"));
        mount(new SimulatedMount(cgroups.mountPoint(), new DeviceId(0, 6), "/", type, type, options));
        cgroups.makeAll(KubeletPaths.BURSTABLE);
        cgroups.makeAll(KubeletPaths.BEST_EFFORT);
    }

    /** A node with cgroup v1, without disks and pods. */
    public static SimulatedNode v1() {
        return new SimulatedNode(SimulatedCgroupFs::v1, "cgroup", "rw,blkio");
    }

    /** A node with cgroup v2, without disks and pods. */
    public static SimulatedNode v2() {
        return new SimulatedNode(SimulatedCgroupFs::v2, "cgroup2", "rw");
    }

    /** The node's files, clock and ticker, without environment variables. */
    public Environment environment() {
        return new Environment(paths, clock, clock, Map.of());
    }

    /** The hierarchy that carries the IO controller, with the kernel's side of it. */
    public SimulatedCgroupFs cgroups() {
        return cgroups;
    }

    /** The node's pods, always synced. */
    public PodSource pods() {
        return pods;
    }

    /** The node's clock; turning it by hand lets time pass without IO. */
    public ManualClock clock() {
        return clock;
    }

    /** Plugs in a disk with its partitions; what it is made of must be there already. */
    public synchronized void addDisk(SimulatedDisk disk) {
        cgroups.addDisk(disk.id());
        disk.partitions().values().forEach(cgroups::addPartition);
        try {
            new SimulatedSysfs(paths).add(disk);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot lay out " + disk.name(), failed);
        }
    }

    /** Mounts a file system, for this process and for the host. */
    public synchronized void mount(SimulatedMount mount) {
        mounts.add(mount);
        try {
            Files.createDirectories(files.getPath(mount.mountPoint()));
            writeMounts();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot mount " + mount.mountPoint(), failed);
        }
    }

    /** Unmounts whatever is mounted there. */
    public synchronized void unmount(String mountPoint) {
        mounts.removeIf(mount -> mount.mountPoint().equals(mountPoint));
        try {
            writeMounts();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot unmount " + mountPoint, failed);
        }
    }

    /** Starts a pod: it is known first, then the cgroups of its containers that have an id are made. */
    public synchronized void addPod(Pod pod) {
        putPod(pod);
    }

    /** Replaces a pod of the same uid; containers whose id is new get a cgroup, those whose id is gone lose it. */
    public synchronized void changePod(Pod pod) {
        putPod(pod);
    }

    private void putPod(Pod pod) {
        var before = Optional.ofNullable(running.put(pod.uid(), pod));
        pods.put(pod);
        var gone = new HashSet<ContainerId>();
        before.ifPresent(old -> ids(old).forEach(gone::add));
        ids(pod).forEach(gone::remove);
        before.ifPresent(old -> gone.forEach(id -> stop(old, id)));
        ids(pod).forEach(id -> cgroups.makeAll(KubeletPaths.of(pod, id)));
    }

    /** Ends a pod: its cgroups go first, then it is forgotten; nothing if it is not there. */
    public synchronized void removePod(String uid) {
        Optional.ofNullable(running.remove(uid)).ifPresent(pod -> {
            ids(pod).forEach(id -> stop(pod, id));
            cgroups.rmdirRecursive(KubeletPaths.of(pod));
            pods.remove(uid);
        });
    }

    /** Where the container's cgroup is; empty if no running pod has it. */
    public synchronized Optional<CgroupPath> cgroupOf(ContainerId container) {
        return running.values().stream()
                .filter(pod -> ids(pod).contains(container))
                .findFirst()
                .map(pod -> KubeletPaths.of(pod, container));
    }

    /** From now on the container tries to do this much, instead of what it tried before. */
    public synchronized void load(ContainerId container, Load... load) {
        loads.put(container, List.of(load));
    }

    /** Lets time pass: the containers do what the limits in force allow, and the kernel counts it. */
    public synchronized void advance(Duration time) {
        clock.advance(time);
        var demands = new ArrayList<Demand>();
        running.values().stream()
                .flatMap(pod -> ids(pod).stream().map(id -> demands(pod, id)))
                .forEach(demands::addAll);
        cgroups.run(demands, time);
    }

    private List<Demand> demands(Pod pod, ContainerId id) {
        return loads.getOrDefault(id, List.of()).stream()
                .map(load -> new Demand(KubeletPaths.of(pod, id), load))
                .toList();
    }

    private void stop(Pod pod, ContainerId id) {
        loads.remove(id);
        cgroups.rmdirRecursive(KubeletPaths.of(pod, id));
    }

    private static List<ContainerId> ids(Pod pod) {
        return pod.containers().stream()
                .map(Container::id)
                .flatMap(Optional::stream)
                .toList();
    }

    private void writeMounts() throws IOException {
        var text = new StringBuilder();
        for (var i = 0; i < mounts.size(); i++) {
            text.append(mounts.get(i).line(i + 1));
        }
        for (var process : List.of("self", "1")) {
            var file = paths.proc().resolve(process).resolve("mountinfo");
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
    }

    /** Forgets everything; the node's files cannot be read any more. */
    @Override
    public void close() {
        pods.close();
        try {
            files.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
