/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who is asked about containers. Immutable.
 *
 * @param socket overrides the runtime's usual socket
 * @param containerdNamespace where containerd keeps the containers; CRI serves {@code k8s.io} only
 */
public record RuntimeSettings(Kind kind, Optional<Path> socket, String containerdNamespace) {
    /** @throws IllegalArgumentException if the namespace is empty */
    public RuntimeSettings {
        if (containerdNamespace.isEmpty()) {
            throw new IllegalArgumentException("containerd's namespace has a name");
        }
    }

    /** {@code container_runtime}. */
    public enum Kind {
        /** Whichever is there. */
        AUTO,
        DOCKER,
        CONTAINERD,
        CRI_O,
        /** No runtime is asked. */
        NONE
    }
}
