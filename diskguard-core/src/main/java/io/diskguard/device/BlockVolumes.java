/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.Container;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.spi.ContainerDisks.Place;
import io.diskguard.spi.RuntimeResolver.BlockNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the disks of raw block volumes: the runtime knows which node is which volume's, else the kubelet's directories may. */
record BlockVolumes(ContainerNodes nodes, KubeletNodes kubelet, DiskView host) {
    Place of(Pod pod, Container container, MountRef volume) {
        var steps = new ArrayList<String>();
        steps.add(volume.path() + " is a raw block volume");
        var given = container.id().flatMap(id -> nodes.of(id, steps));
        if (container.id().isEmpty()) {
            steps.add("the container has no id to ask the runtime by");
        }
        var number = given.flatMap(all -> at(volume.path(), all));
        if (number.isPresent()) {
            steps.add("the runtime gave the container " + number.get() + " there");
            var device = host.byNumber(number.get());
            if (device.isEmpty()) {
                steps.add("the host does not show it (any more)");
            }
            return new Place.Volume(volume.volume(), disks(device, steps), steps);
        }
        if (given.isPresent()) {
            steps.add("the runtime gave the container no block device there");
        }
        var device = kubelet.of(pod, steps);
        return device.isPresent() || given.isPresent()
                ? new Place.Volume(volume.volume(), disks(device, steps), steps)
                : new Place.Untold(Optional.of(volume.volume()), steps);
    }

    /** Of two nodes on one path the runtime makes the first and leaves it so. */
    private static Optional<DeviceId> at(String path, List<BlockNode> nodes) {
        var asked = HostTree.clean(path);
        return nodes.stream()
                .filter(node -> HostTree.clean(node.containerPath()).equals(asked))
                .findFirst()
                .map(BlockNode::device);
    }

    private List<Disk> disks(Optional<BlockDevice> device, List<String> steps) {
        return device.map(it -> host.backing(it, steps).disks(steps)).orElse(List.of());
    }
}
