/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ValueRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a line, each as what it must be. */
record LineFields(JsonNode node) {
    private static final ValueRange YEARS = ValueRange.of(0, 9999);

    boolean has(String field) {
        return node.has(field);
    }

    String text(String field) throws Unexpected {
        return text(field, "\"" + field + "\" with a text");
    }

    String text(String field, String expected) throws Unexpected {
        var text = node.path(field);
        if (!text.isTextual()) {
            throw new Unexpected(expected);
        }
        return text.textValue();
    }

    long number(String field) throws Unexpected {
        return number(node.path(field), "\"" + field + "\" with a whole number");
    }

    int index(String field) throws Unexpected {
        return index(node.path(field), "\"" + field + "\" with a whole number");
    }

    Instant instant(String field) throws Unexpected {
        try {
            var instant = Instant.parse(text(field));
            // Of four digits: what is farther away overflows where times are subtracted.
            if (YEARS.isValidValue(instant.atOffset(ZoneOffset.UTC).getYear())) {
                return instant;
            }
        } catch (DateTimeException e) {
            // As below.
        }
        throw new Unexpected("\"" + field + "\" with a time such as 2026-01-01T00:00:00Z");
    }

    <E extends Enum<E>> E constant(String field, Class<E> type) throws Unexpected {
        try {
            return Enum.valueOf(type, text(field));
        } catch (IllegalArgumentException e) {
            throw new Unexpected("\"" + field + "\" one of " + List.of(type.getEnumConstants()));
        }
    }

    List<JsonNode> list(String field) throws Unexpected {
        if (!node.path(field).isArray()) {
            throw new Unexpected("\"" + field + "\" with a list");
        }
        var list = new ArrayList<JsonNode>();
        node.path(field).forEach(list::add);
        return list;
    }

    Map<String, JsonNode> objects(String field) throws Unexpected {
        if (!node.path(field).isObject()) {
            throw new Unexpected("\"" + field + "\" with an object");
        }
        var objects = new LinkedHashMap<String, JsonNode>();
        node.path(field).properties().forEach(each -> objects.put(each.getKey(), each.getValue()));
        return objects;
    }

    Map<String, String> texts(String field) throws Unexpected {
        var texts = new LinkedHashMap<String, String>();
        for (var each : objects(field).entrySet()) {
            if (!each.getValue().isTextual()) {
                throw new Unexpected("\"" + field + "\" with texts only");
            }
            texts.put(each.getKey(), each.getValue().textValue());
        }
        return texts;
    }

    static long number(JsonNode node, String expected) throws Unexpected {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new Unexpected(expected);
        }
        return node.longValue();
    }

    static int index(JsonNode node, String expected) throws Unexpected {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
            throw new Unexpected(expected);
        }
        return node.intValue();
    }
}
