/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path and what answers there. Immutable.
 *
 * @param template {@code explain/{namespace}/{pod}}, below the API's path
 * @param parameters that it knows
 */
record Route(String template, List<String> parameters, Handler handler) {
    Route {
        parameters = List.copyOf(parameters);
    }

    /** Answers; handed what stands in the braces of the template. */
    @FunctionalInterface
    interface Handler {
        Reply answer(List<String> names, Query query) throws Refused;
    }

    /**
     * What stands in the braces; empty if the path is another one.
     *
     * @param path percent-encoded, below the API's path
     */
    Optional<List<String>> match(String path) {
        var parts = template.split("/", -1);
        var given = path.split("/", -1);
        if (parts.length != given.length) {
            return Optional.empty();
        }
        var names = new ArrayList<String>();
        for (var i = 0; i < parts.length; i++) {
            if (parts[i].startsWith("{") && !given[i].isEmpty()) {
                names.add(decoded(given[i]));
            } else if (!parts[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }

    /** A plus sign is one. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
