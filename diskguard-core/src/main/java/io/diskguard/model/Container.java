/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.Optional;

/**
 * A container of a pod. Immutable.
 *
 * @param name unique within its pod
 * @param id empty until the runtime has made it
 */
public record Container(String name, String image, ContainerKind kind, Optional<ContainerId> id) {
    /** @throws IllegalArgumentException if the name is empty */
    public Container {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a container has a name");
        }
    }
}
