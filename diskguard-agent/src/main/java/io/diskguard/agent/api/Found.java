/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import io.diskguard.agent.view.ContainerView;
import io.diskguard.agent.view.NodeView;
import java.util.List;
import java.util.Optional;

/** Containers that a request is about, and how they are named. */
final class Found {
    /** So many characters of an id tools print, and so many are enough here. */
    private static final int SHORT = 12;

    private static final String SCHEME = "://";

    private Found() {}

    /** @throws Refused if a parameter is wrong */
    static List<ContainerView> by(NodeView view, Query query) throws Refused {
        var namespace = query.name("namespace");
        var pod = query.name("pod");
        return view.containers().stream()
                .filter(it -> namespace.map(it.pod().namespace()::equals).orElse(true)
                        && pod.map(it.pod().name()::contains).orElse(true))
                .toList();
    }

    /**
     * The one of that id, with or without its scheme, or of that beginning of it.
     *
     * @throws Refused if there is none, or more than one
     */
    static ContainerView one(NodeView view, String asked) throws Refused {
        var bare = bare(asked);
        var all = view.containers().stream()
                .filter(it -> asked.contains(SCHEME)
                        ? it.id().equals(asked)
                        : id(it).equals(bare) || bare.length() >= SHORT && id(it).startsWith(bare))
                .toList();
        if (all.size() == 1) {
            return all.get(0);
        }
        throw Refused.missing(
                all.isEmpty()
                        ? "there is no container " + Refused.shown(asked) + " that is guarded on this node"
                        : "there are " + all.size() + " containers whose id begins with " + Refused.shown(asked));
    }

    /** Without its scheme; the cgroup's name while the container is not known. */
    static String id(ContainerView container) {
        return bare(container.id());
    }

    static Optional<String> runtime(ContainerView container) {
        return container.container().flatMap(it -> it.id()).map(it -> it.scheme());
    }

    private static String bare(String id) {
        var at = id.indexOf(SCHEME);
        return at < 0 ? id : id.substring(at + SCHEME.length());
    }
}
