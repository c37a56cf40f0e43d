/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A container's id as the kubelet writes it into a pod's status: {@code containerd://<id>}, {@code docker://<id>},
 * {@code cri-o://<id>}. Immutable.
 */
public record ContainerId(String scheme, String id) {
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    /** @throws IllegalArgumentException if the scheme or the id has characters that none has */
    public ContainerId {
        if (!SCHEME.matcher(scheme).matches() || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not a container id: \"" + scheme + "://" + id + "\"");
        }
    }

    /** Reads {@code scheme://id}; empty if the text is none. */
    public static Optional<ContainerId> parse(String text) {
        var at = text.indexOf("://");
        if (at < 0) {
            return Optional.empty();
        }
        var scheme = text.substring(0, at);
        var id = text.substring(at + 3);
        return SCHEME.matcher(scheme).matches() && ID.matcher(id).matches()
                ? Optional.of(new ContainerId(scheme, id))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return scheme + "://" + id;
    }
}
