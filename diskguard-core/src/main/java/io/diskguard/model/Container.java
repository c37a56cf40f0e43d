/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.List;
import java.util.Optional;

/**
 * A container of a pod. Immutable.
 *
 * @param name unique within its pod
 * @param id empty until the runtime has made it
 * @param mounts the pod's volumes in it, in the order of the manifest
 */
public record Container(
        String name, String image, ContainerKind kind, Optional<ContainerId> id, List<MountRef> mounts) {
    /** @throws IllegalArgumentException if the name is empty */
    public Container {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a container has a name");
        }
        mounts = List.copyOf(mounts);
    }

    /** One without volumes. */
    public Container(String name, String image, ContainerKind kind, Optional<ContainerId> id) {
        this(name, image, kind, id, List.of());
    }
}
