/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may do what. */
record Tokens(String admin, String agent) {
    /** What deploy/ grants. */
    private static final Map<String, Set<String>> AGENT =
            Map.of("pods", Set.of("list", "watch", "patch"), "events", Set.of("create", "patch"));

    enum Who {
        ADMIN,
        AGENT
    }

    Optional<Who> of(@Nullable String authorization) {
        if (("Bearer " + admin).equals(authorization)) {
            return Optional.of(Who.ADMIN);
        }
        return ("Bearer " + agent).equals(authorization) ? Optional.of(Who.AGENT) : Optional.empty();
    }

    boolean allow(Who who, String verb, String resource) {
        return who == Who.ADMIN || AGENT.getOrDefault(resource, Set.of()).contains(verb);
    }
}
