/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

/** What is behind a pod's volume. Immutable. */
public sealed interface SimulatedVolume {
    /** A directory of the host, bind-mounted into the container: emptyDir, hostPath, a mounted claim. */
    static SimulatedVolume directory(String hostPath) {
        return new Directory(hostPath);
    }

    /** A raw block volume: the disk or partition of that kernel name. */
    static SimulatedVolume block(String kernelName) {
        return new Block(kernelName);
    }

    /** A file system without a block device (NFS, FUSE, tmpfs). */
    static SimulatedVolume diskless(String type, String source) {
        return new Diskless(type, source);
    }

    record Directory(String hostPath) implements SimulatedVolume {
        /** @throws IllegalArgumentException if the path is not absolute */
        public Directory {
            if (!hostPath.startsWith("/")) {
                throw new IllegalArgumentException("a directory of the host has an absolute path, was " + hostPath);
            }
        }
    }

    record Block(String kernelName) implements SimulatedVolume {}

    record Diskless(String type, String source) implements SimulatedVolume {}
}
