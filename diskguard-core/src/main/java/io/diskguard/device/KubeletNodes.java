/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.DeviceId;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The device of a pod's raw block volume as the kubelet lays it out ({@code pkg/volume/util/volumepathhandler}): a link
 * {@code pods/<uid>/volumeDevices/<plugin>/<pv>} to the node, and nodes bind-mounted on
 * {@code plugins/…/volumeDevices/…/<uid>}. Both are named by the persistent volume, which a pod does not name: so they tell
 * only of a pod with one such volume. The loop devices that the kubelet puts on the nodes are locks, no IO goes through them.
 */
record KubeletNodes(HostPaths paths, DiskView host) {
    private static final Pattern UID = Pattern.compile("[A-Za-z0-9-]+");
    private static final String VOLUME_DEVICES = "volumeDevices";

    /** From {@code sys/stat.h}: what kind of file it is, and a block device. */
    private static final int S_IFMT = 0170000;

    private static final int S_IFBLK = 0060000;

    /** @param steps takes how it was found, or why not */
    Optional<BlockDevice> of(Pod pod, List<String> steps) {
        var uid = pod.cgroupUid();
        var volumes = pod.containers().stream()
                .flatMap(container -> container.mounts().stream())
                .filter(MountRef::block)
                .map(MountRef::volume)
                .distinct()
                .count();
        if (volumes != 1 || !UID.matcher(uid).matches()) {
            steps.add("the kubelet's directories do not tell which of the pod's " + volumes
                    + " raw block volumes is which");
            return Optional.empty();
        }
        var directory = paths.kubelet().resolve("pods").resolve(uid).resolve(VOLUME_DEVICES);
        var links = new ArrayList<Path>();
        for (var plugin : HostFiles.names(directory)) {
            HostFiles.names(directory.resolve(plugin))
                    .forEach(pv -> links.add(directory.resolve(plugin).resolve(pv)));
        }
        var found = new TreeMap<DeviceId, BlockDevice>();
        links.forEach(link -> behind(link, steps).ifPresent(device -> found.put(device.number(), device)));
        if (links.isEmpty()) {
            steps.add("nothing is in " + directory);
            mounted(uid, steps).forEach(device -> found.put(device.number(), device));
        }
        if (found.size() == 1 && links.size() <= 1) {
            return Optional.of(found.firstEntry().getValue());
        }
        steps.add("the kubelet's directories name " + (found.isEmpty() ? "no" : "more than one")
                + " block device of the pod");
        return Optional.empty();
    }

    /** The device of the node that a path of the kubelet's is, or leads to. */
    Optional<BlockDevice> behind(String path, List<String> steps) {
        try {
            return behind(paths.kubelet().getFileSystem().getPath(path), steps);
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private Optional<BlockDevice> behind(Path link, List<String> steps) {
        try {
            var target = Files.isSymbolicLink(link) ? Files.readSymbolicLink(link) : link;
            var clean = HostTree.clean(target.toString());
            if (!clean.equals(link.toString())) {
                steps.add(link + " leads to " + clean);
            }
            if (!target.isAbsolute() || List.of(clean.split("/")).contains("..")) {
                return Optional.empty();
            }
            return NamedDevices.isName(clean)
                    ? host.byNode(clean, steps)
                    : mountedAt(clean, steps).or(() -> node(target, steps));
        } catch (IOException vanished) {
            return Optional.empty();
        }
    }

    private List<BlockDevice> mounted(String uid, List<String> steps) {
        var plugins = paths.kubelet().resolve("plugins") + "/";
        return host.host().stream()
                .flatMap(mounts -> mounts
                        .table()
                        .whose(point -> point.startsWith(plugins)
                                && point.contains("/" + VOLUME_DEVICES + "/")
                                && point.endsWith("/" + uid))
                        .stream())
                .flatMap(mount -> device(mount, steps).stream())
                .toList();
    }

    private Optional<BlockDevice> mountedAt(String path, List<String> steps) {
        return host.host().flatMap(mounts -> mounts.table().at(path)).flatMap(mount -> device(mount, steps));
    }

    /** A node of the kernel's own {@code /dev} that is mounted somewhere else bears its name there. */
    private Optional<BlockDevice> device(Mount mount, List<String> steps) {
        if (!mount.type().equals("devtmpfs")) {
            return Optional.empty();
        }
        steps.add("/dev" + mount.root() + " is mounted on " + mount.mountPoint());
        return host.byNode("/dev" + mount.root(), steps);
    }

    private Optional<BlockDevice> node(Path path, List<String> steps) {
        try {
            var mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            if ((mode & S_IFMT) != S_IFBLK) {
                return Optional.empty();
            }
            var number = DeviceId.ofDevT((Long) Files.getAttribute(path, "unix:rdev", LinkOption.NOFOLLOW_LINKS));
            steps.add(path + " is a node of " + number);
            return host.byNumber(number);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException noNode) {
            return Optional.empty();
        }
    }
}
