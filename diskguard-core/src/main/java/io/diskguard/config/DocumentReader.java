/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import io.diskguard.config.Documents.Entry;
import io.diskguard.config.Documents.Nothing;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads one document off a parser, which bounds the depth. Not thread-safe. */
final class DocumentReader {
    private static final int EXACT = 18;

    private final JsonParser parser;
    private final Predicate<JsonParser> isAlias;

    DocumentReader(JsonParser parser, Predicate<JsonParser> isAlias) {
        this.parser = parser;
        this.isAlias = isAlias;
    }

    Parsed<Map<String, Entry>> document() throws IOException {
        var first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return noKeys("an empty file");
        }
        if (first != JsonToken.START_OBJECT) {
            read(first);
            return noKeys("a list or a single value");
        }
        var entries = new LinkedHashMap<String, Entry>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var line = parser.currentTokenLocation().getLineNr();
            var key = parser.currentName();
            entries.put(key, new Entry(read(parser.nextToken()), line));
        }
        end();
        return new Parsed.Valid<>(entries);
    }

    private static <T> Parsed<T> noKeys(String what) {
        return Parsed.invalid("", "keys and values at the top, such as \"data_mount: /data\", not " + what);
    }

    /** The one value that the document is. */
    Object value() throws IOException {
        var value = read(parser.nextToken());
        end();
        return value;
    }

    private void end() throws IOException {
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "there is more after the end of the document");
        }
    }

    private Object read(@Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw new JsonParseException(parser, "the document ends where a value should be");
        }
        return switch (token.id()) {
            case JsonTokenId.ID_START_OBJECT -> map();
            case JsonTokenId.ID_START_ARRAY -> list();
            case JsonTokenId.ID_STRING -> text();
            case JsonTokenId.ID_NUMBER_INT -> number();
            case JsonTokenId.ID_NUMBER_FLOAT -> decimal();
            case JsonTokenId.ID_TRUE -> true;
            case JsonTokenId.ID_FALSE -> false;
            case JsonTokenId.ID_NULL -> Nothing.NULL;
            default -> throw new JsonParseException(parser, "neither text, number, boolean, list nor map");
        };
    }

    private Object map() throws IOException {
        var map = new LinkedHashMap<String, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = parser.currentName();
            map.put(key, read(parser.nextToken()));
        }
        return map;
    }

    private Object list() throws IOException {
        var list = new ArrayList<>();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(read(token));
        }
        return list;
    }

    private String text() throws IOException {
        if (isAlias.test(parser)) {
            throw new JsonParseException(parser, "an alias, *" + parser.getText() + ", is not taken; repeat the value");
        }
        return parser.getText();
    }

    /** As written where it is too long for a number that anybody means. */
    private Object number() throws IOException {
        return parser.getTextLength() <= EXACT ? parser.getNumberValue() : parser.getText();
    }

    /** Exact, not as a double; as written where it is .inf, .nan or very long. */
    private Object decimal() throws IOException {
        var text = parser.getText();
        try {
            return text.length() <= EXACT ? new BigDecimal(text) : text;
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
