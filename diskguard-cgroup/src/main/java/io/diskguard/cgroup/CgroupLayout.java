/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Where this host's IO controller lives. Decided for that controller alone: on a hybrid host v2 is mounted too, but
 * without {@code io}. Immutable.
 */
public sealed interface CgroupLayout {

    /**
     * The v1 hierarchy of the {@code blkio} controller.
     *
     * @param readOnly whether its mount or its superblock is read-only
     */
    record V1(Path mount, boolean readOnly) implements CgroupLayout {}

    /**
     * The v2 hierarchy, with {@code io} among its controllers.
     *
     * @param readOnly whether its mount or its superblock is read-only
     */
    record V2(Path mount, boolean readOnly) implements CgroupLayout {}

    /** There is no IO controller, for that reason. */
    record None(String reason) implements CgroupLayout {}

    /** Reads {@code <proc>/self/mountinfo} and the {@code cgroup.controllers} of v2. */
    static CgroupLayout of(HostPaths paths) {
        var table = table(paths);
        final List<MountEntry> mounts;
        try {
            mounts = mounts(table);
        } catch (IOException e) {
            return new None("cannot read " + table + ": " + e);
        }
        var v2 = v2(paths, mounts);
        var v1 = v1(paths, mounts, "blkio");
        if (v2.isPresent() && has(place(paths, v2.get()), "io")) {
            return new V2(place(paths, v2.get()), v2.get().isReadOnly());
        }
        if (v1.isPresent()) {
            return new V1(place(paths, v1.get()), v1.get().isReadOnly());
        }
        return new None(v2.map(m ->
                        "cgroup v2 at " + m.mountPoint() + " has no io controller, and cgroup v1 blkio is not mounted")
                .orElse("neither cgroup v1 blkio nor cgroup v2 is mounted (" + table + ")"));
    }

    /** Where the {@code memory} controller is, of v1 or v2; empty if it is nowhere. */
    static Optional<Path> memory(HostPaths paths) {
        try {
            var mounts = mounts(table(paths));
            return v1(paths, mounts, "memory").map(mount -> place(paths, mount)).or(() -> v2(paths, mounts)
                    .map(mount -> place(paths, mount))
                    .filter(v2 -> has(v2, "memory")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path table(HostPaths paths) {
        return paths.proc().resolve("self").resolve("mountinfo");
    }

    private static List<MountEntry> mounts(Path table) throws IOException {
        // A later mount hides an earlier one at the same place
        var byPlace = new LinkedHashMap<String, MountEntry>();
        // A mount point may hold bytes that are no UTF-8; that costs its line only
        new String(Files.readAllBytes(table), StandardCharsets.UTF_8)
                .lines()
                .map(MountEntry::parse)
                .flatMap(Optional::stream)
                .forEach(mount -> {
                    byPlace.remove(mount.mountPoint());
                    byPlace.put(mount.mountPoint(), mount);
                });
        return List.copyOf(byPlace.values());
    }

    private static Optional<MountEntry> v2(HostPaths paths, List<MountEntry> mounts) {
        return best(
                paths, mounts.stream().filter(m -> m.type().equals("cgroup2")).toList());
    }

    private static Optional<MountEntry> v1(HostPaths paths, List<MountEntry> mounts, String controller) {
        return best(
                paths,
                mounts.stream()
                        .filter(m ->
                                m.type().equals("cgroup") && m.superOptions().contains(controller))
                        .toList());
    }

    /**
     * The mount that shows most of the hierarchy. In a container there may be two of them: its own part and the whole
     * one of the host, whose root then is {@code /..} or higher (own cgroup namespace) or {@code /} (the host's).
     */
    private static Optional<MountEntry> best(HostPaths paths, List<MountEntry> mounts) {
        return mounts.stream()
                .max(Comparator.<MountEntry>comparingInt(m -> height(m.root()))
                        .thenComparing(m -> place(paths, m).startsWith(paths.sys()))
                        .thenComparing(m -> !m.isReadOnly()));
    }

    private static int height(String root) {
        return root.startsWith("/..") ? root.split("/").length : root.equals("/") ? 1 : 0;
    }

    private static Path place(HostPaths paths, MountEntry mount) {
        return paths.proc().getFileSystem().getPath(mount.mountPoint());
    }

    private static boolean has(Path mount, String controller) {
        try {
            return List.of(Files.readString(mount.resolve("cgroup.controllers"))
                            .trim()
                            .split("\\s+"))
                    .contains(controller);
        } catch (IOException e) {
            return false;
        }
    }
}
