/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.Container;
import io.diskguard.model.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a container's process has mounted: its root, an overlay in the runtime's directory, and the pod's volumes. */
record ContainerView(SimulatedProc proc) {
    private static final String SNAPSHOTS = "/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/";
    private static final int OVERLAY_MINOR = 1000;

    List<SimulatedMount> mounts(long pid, Container container, Map<String, SimulatedVolume> volumes) {
        var layer = SNAPSHOTS + pid;
        var seen = new ArrayList<SimulatedMount>();
        var anonymous = new DeviceId(0, (int) (OVERLAY_MINOR + pid % 100_000));
        seen.add(new SimulatedMount(
                "/",
                anonymous,
                "/",
                "overlay",
                "overlay",
                "rw,lowerdir=" + SNAPSHOTS + "1/fs,upperdir=" + layer + "/fs,workdir=" + layer + "/work"));
        seen.add(SimulatedMount.of("/dev", new DeviceId(0, 7), "tmpfs", "tmpfs"));
        for (var ref : container.mounts()) {
            var volume = volumes.get(ref.volume());
            if (volume instanceof SimulatedVolume.Directory directory) {
                seen.add(bind(directory.hostPath(), ref.path()));
            } else if (volume instanceof SimulatedVolume.Diskless diskless) {
                seen.add(SimulatedMount.of(ref.path(), new DeviceId(0, 60), diskless.type(), diskless.source()));
            }
        }
        return seen;
    }

    /** A bind mount shows the file system of the mount that the directory is on, from that directory down. */
    private SimulatedMount bind(String hostPath, String path) {
        var mount = proc.mountOf(hostPath);
        var below = mount.mountPoint().equals("/")
                ? hostPath
                : hostPath.substring(mount.mountPoint().length());
        var root = ((mount.root().equals("/") ? "" : mount.root()) + below).replaceFirst("(?<=.)/$", "");
        return new SimulatedMount(
                path, mount.device(), root.isEmpty() ? "/" : root, mount.type(), mount.source(), mount.options());
    }
}
