/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import io.diskguard.agent.http.Page;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is in the envelope of an answer. Written when it is sent: what a part reads must be immutable or thread-safe. */
sealed interface Reply {
    int OK = 200;

    Page page();

    /** One thing. */
    static <T> Reply one(T value, Json.Part<T> part) {
        return new Data("", json -> json.object("data", value, part).put("count", 1));
    }

    /** One thing that is JSON already. */
    static Reply raw(String data) {
        return new Data("", json -> json.raw("data", data).put("count", 1));
    }

    /** All of them. */
    static <T> Reply many(List<T> values, Json.Part<T> part) {
        return many(values, Integer.MAX_VALUE, part);
    }

    /** The first of them; says so where there are more. */
    static <T> Reply many(List<T> values, int limit, Json.Part<T> part) {
        var first = values.subList(0, Math.min(limit, values.size()));
        var message = first.size() < values.size()
                ? "the first " + first.size() + " of " + values.size() + ": a higher limit gives more"
                : "";
        return new Data(message, json -> json.list("data", first, part).put("count", first.size()));
    }

    /** What is not there, not allowed, or broken. */
    static Page error(int status, String message, Optional<Refused.Parameter> parameter) {
        return Page.json(status, out -> {
            try (var json = Json.to(out)) {
                json.begin().put("success", false).put("message", message);
                if (parameter.isPresent()) {
                    json.object("data", parameter.get(), (data, it) -> data.put("parameter", it.name())
                            .put("value", it.value())
                            .put("expected", it.expected()));
                } else {
                    json.nothing("data");
                }
                json.put("count", 0).end();
            }
        });
    }

    /** Writes {@code data} and {@code count}. */
    @FunctionalInterface
    interface Rest {
        void write(Json json) throws IOException;
    }

    /** An envelope. */
    record Data(String message, Rest rest) implements Reply {
        @Override
        public Page page() {
            return Page.json(OK, out -> {
                try (var json = Json.to(out)) {
                    json.begin().put("success", true).put("message", message);
                    rest.write(json);
                    json.end();
                }
            });
        }
    }

    /** What needs no envelope. */
    record Bare(Page page) implements Reply {}
}
