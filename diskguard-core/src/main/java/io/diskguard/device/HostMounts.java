/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.spi.HostPaths;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** The host's mounts and, where they can be seen, its directories. */
record HostMounts(MountTable table, Optional<HostTree> directories) {
    /** Those of process 1; where they cannot be read, this process' own. */
    static Optional<HostMounts> read(HostPaths paths) {
        return MountTable.of(paths.proc(), "1")
                .or(() -> MountTable.of(paths.proc(), "self"))
                .map(table -> new HostMounts(table, directories(paths, table)));
    }

    /** The host's root is seen through process 1 or, where its link is not readable, if this process has the same mounts. */
    private static Optional<HostTree> directories(HostPaths paths, MountTable table) {
        var root = paths.proc().resolve("1/root");
        if (Files.isDirectory(root) && Files.isExecutable(root)) {
            return Optional.of(new HostTree(root));
        }
        return MountTable.of(paths.proc(), "self")
                .filter(table::isSameAs)
                .map(same -> new HostTree(paths.proc().getFileSystem().getPath("/")));
    }

    /** The mount that a host's path asked for is, or is on. */
    Sought<Mount> locate(String asked, List<String> steps) {
        var path = HostTree.clean(asked);
        var exact = table.at(path);
        if (exact.isPresent()) {
            steps.add(path + " is a mount in " + table.file());
            return new Sought.Found<>(exact.get());
        }
        var real = directories.flatMap(host -> host.real(path, this::mayNotAnswer));
        if (real.isEmpty()) {
            return new Sought.Missed<>((directories.isPresent()
                            ? "no mount and no directory of that name on the host"
                            : "no mount of that name, and the host's directories cannot be seen from here")
                    + " (" + table.file() + ")");
        }
        if (!real.get().equals(path)) {
            steps.add(path + " leads to " + real.get());
        }
        return table.containing(real.get())
                .map(mount -> on(mount, real.get(), steps))
                .orElseGet(() -> new Sought.Missed<>("no mount contains " + real.get() + " (" + table.file() + ")"));
    }

    private Sought<Mount> on(Mount mount, String directory, List<String> steps) {
        if (mount.mountPoint().equals("/")) {
            // What belongs there may only not be mounted (yet): the root's disk is another one
            return new Sought.Missed<>(
                    "it is a directory on the root file system, no mount; name / if its disk is meant (" + table.file()
                            + ")");
        }
        steps.add(directory
                + (mount.mountPoint().equals(directory) ? " is the mount " : " is a directory on the mount ")
                + mount);
        return new Sought.Found<>(mount);
    }

    /** Whoever looks into a file system of a server or program that is gone may wait for ever. */
    private boolean mayNotAnswer(String path) {
        return table.isMountPoint(path)
                && table.at(path)
                        .filter(mount -> FileSystems.mayNotAnswer(mount.type()))
                        .isPresent();
    }

    /** The mount that the upper directory of an overlay is on; docker gives a long list of layers as relative paths. */
    Optional<Mount> under(Mount overlay, String upper) {
        if (upper.startsWith("/")) {
            return table.containing(directories
                    .flatMap(host -> host.real(upper, this::mayNotAnswer))
                    .orElse(HostTree.clean(upper)));
        }
        return table.mountPointOf(overlay.device()).map(HostTree::parent).flatMap(table::containing);
    }
}
