/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.SystemdSlice;
import java.util.Optional;

/** Reads {@code linux.cgroupsPath} of a container's OCI specification. Pure. */
final class CgroupsPaths {
    private static final String SLICE = ".slice";

    private CgroupsPaths() {}

    /**
     * The cgroup that an OCI runtime makes of the text: {@code /a/b} as it is, or {@code slice:prefix:name} of the systemd
     * driver; empty if it makes none.
     */
    static Optional<CgroupPath> read(String text) {
        var parts = text.split(":", -1);
        return parts.length == 3 && !text.startsWith("/") ? scope(parts[0], parts[1], parts[2]) : absolute(text);
    }

    /** runc {@code libcontainer/cgroups/systemd/common.go} {@code getUnitName}. */
    private static Optional<CgroupPath> scope(String slice, String prefix, String name) {
        if (prefix.isEmpty() || name.isEmpty() || (prefix + name).contains("/")) {
            return Optional.empty();
        }
        var unit = name.endsWith(SLICE) ? name : prefix + "-" + name + ".scope";
        return SystemdSlice.parse(slice.isEmpty() ? "system" + SLICE : slice)
                .flatMap(parent -> absolute(parent.path() + "/" + unit));
    }

    /** A cgroup's path with slashes to spare taken away; empty for the root, which no container is, and for what is no path. */
    static Optional<CgroupPath> absolute(String text) {
        var path = CgroupPath.ROOT;
        for (var part : text.split("/")) {
            if (part.equals(".") || part.equals("..") || part.chars().anyMatch(c -> c == 0 || c == '\n')) {
                return Optional.empty();
            }
            path = part.isEmpty() ? path : path.child(part);
        }
        return path.isRoot() ? Optional.empty() : Optional.of(path);
    }
}
