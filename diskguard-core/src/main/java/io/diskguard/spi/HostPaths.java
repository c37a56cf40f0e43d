/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the host's file systems are seen from this process, which may run in a container. Any
 * {@link FileSystem} serves. Immutable.
 *
 * @param proc procfs
 * @param sys sysfs, with the cgroup mounts below {@code fs/cgroup}
 * @param dev device nodes
 * @param run sockets of daemons
 * @param kubelet the kubelet's root directory
 */
public record HostPaths(Path proc, Path sys, Path dev, Path run, Path kubelet) {
    /** The rest at its usual places in the file system of {@code proc}. */
    public HostPaths(Path proc, Path sys, Path dev) {
        this(
                proc,
                sys,
                dev,
                proc.getFileSystem().getPath("/run"),
                proc.getFileSystem().getPath("/var/lib/kubelet"));
    }

    /** The host itself: {@code /proc}, {@code /sys}, {@code /dev}, {@code /run}, {@code /var/lib/kubelet}. */
    public static HostPaths host() {
        return in(FileSystems.getDefault());
    }

    /**
     * The host as its own environment variables say: {@code HOST_PROC}, {@code HOST_SYS}, {@code HOST_DEV} and
     * {@code HOST_RUN} for where a container sees what the host has at the usual places.
     */
    public static HostPaths from(Map<String, String> variables) {
        var usual = host();
        return new HostPaths(
                place(variables, "HOST_PROC", usual.proc()),
                place(variables, "HOST_SYS", usual.sys()),
                place(variables, "HOST_DEV", usual.dev()),
                place(variables, "HOST_RUN", usual.run()),
                usual.kubelet());
    }

    private static Path place(Map<String, String> variables, String name, Path usual) {
        var text = variables.getOrDefault(name, "");
        return text.isEmpty() ? usual : Path.of(text);
    }

    /** The usual places in the file system given. */
    public static HostPaths in(FileSystem fileSystem) {
        return new HostPaths(fileSystem.getPath("/proc"), fileSystem.getPath("/sys"), fileSystem.getPath("/dev"));
    }
}
