/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request, each once and each of those that its path knows. Immutable. */
record Query(Map<String, String> values) {
    static final int MOST = 10_000;

    private static final int DEFAULT_LIMIT = 100;
    private static final int LONGEST_NAME = 253;

    Query {
        values = Map.copyOf(values);
    }

    /** @param raw percent-encoded, without the question mark */
    static Query of(String raw, List<String> known) throws Refused {
        var values = new HashMap<String, String>();
        for (var pair : raw.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            var equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            var value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            if (!known.contains(name)) {
                throw Refused.parameter(
                        name,
                        value,
                        known.isEmpty() ? "no parameter" : "one of the parameters " + String.join(", ", known));
            }
            if (values.putIfAbsent(name, value) != null) {
                throw Refused.parameter(name, value, "it once");
            }
        }
        return new Query(values);
    }

    int limit() throws Refused {
        var value = values.get("limit");
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        if (value.matches("0*[1-9]\\d{0,4}")) {
            var number = Integer.parseInt(value);
            if (number <= MOST) {
                return number;
            }
        }
        throw Refused.parameter("limit", value, "a whole number from 1 to " + MOST);
    }

    boolean flag(String name) throws Refused {
        var value = values.getOrDefault(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw Refused.parameter(name, value, "true or false");
        }
        return value.equals("true");
    }

    Optional<String> name(String name) throws Refused {
        var value = Optional.ofNullable(values.get(name));
        if (value.filter(it -> it.isEmpty() || it.length() > LONGEST_NAME).isPresent()) {
            throw Refused.parameter(name, value.get(), "1 to " + LONGEST_NAME + " characters");
        }
        return value;
    }

    private static String decoded(String text) throws Refused {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refused.parameter(text, "", "percent-encoded UTF-8");
        }
    }
}
