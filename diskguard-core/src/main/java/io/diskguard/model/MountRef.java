/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

/**
 * A volume of the pod in one of its containers. Immutable.
 *
 * @param volume its name in the pod
 * @param path where the container sees it: {@code mountPath}, or the {@code devicePath} of a raw block volume
 * @param block whether it is a raw block volume ({@code volumeDevices}), else a file system ({@code volumeMounts})
 */
public record MountRef(String volume, String path, boolean block) {
    /** @throws IllegalArgumentException if the name is empty or the path is not absolute */
    public MountRef {
        if (volume.isEmpty() || !path.startsWith("/")) {
            throw new IllegalArgumentException(
                    "a volume has a name and an absolute path, was \"" + volume + "\" at \"" + path + "\"");
        }
    }
}
