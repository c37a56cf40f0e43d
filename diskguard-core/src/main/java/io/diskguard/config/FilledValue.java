/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.config.Documents.Nothing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of the file, its placeholders replaced. Not thread-safe. */
final class FilledValue {
    private final Placeholders placeholders;
    private final List<Flaw> flaws = new ArrayList<>();
    private final Object value;

    FilledValue(Object raw, Placeholders placeholders) {
        this.placeholders = placeholders;
        this.value = fill(raw, "");
    }

    /** What is to be parsed, if it has no flaws. */
    Object value() {
        return value;
    }

    List<Flaw> flaws() {
        return flaws;
    }

    private Object fill(Object raw, String path) {
        if (raw instanceof String text) {
            return text(text, path);
        }
        if (raw instanceof List<?> list) {
            var filled = new ArrayList<>(list.size());
            for (var element : list) {
                filled.add(fill(element, path + "[" + filled.size() + "]"));
            }
            return List.copyOf(filled);
        }
        if (raw instanceof Map<?, ?> map) {
            var filled = new LinkedHashMap<String, Object>();
            map.forEach((key, it) ->
                    filled.put(String.valueOf(key), fill(it, path + "." + Shown.name(String.valueOf(key)))));
            return Collections.unmodifiableMap(filled);
        }
        if (raw == Nothing.NULL) {
            flaw(path, "", "a value; leave the key out for its default");
        }
        return raw;
    }

    private String text(String text, String path) {
        var missing = new ArrayList<String>();
        var replaced = placeholders.replace(text, missing);
        if (!missing.isEmpty()) {
            flaw(
                    path,
                    replaced,
                    "environment variables that are set, or a default as in ${NAME:default}; not set: "
                            + Shown.of(missing));
        }
        return replaced;
    }

    private void flaw(String path, Object what, String expected) {
        if (flaws.size() < Flaw.MOST) {
            flaws.add(new Flaw(path, what, expected));
        }
    }
}
