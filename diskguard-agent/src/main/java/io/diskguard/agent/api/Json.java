/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Writes JSON in the words of the API. Not thread-safe. */
final class Json implements AutoCloseable {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final double THOUSAND = 1000;

    private final JsonGenerator out;

    /** Writes a part of an answer. */
    @FunctionalInterface
    interface Part<T> {
        void write(Json json, T value) throws IOException;
    }

    private Json(JsonGenerator out) {
        this.out = out;
    }

    /** The stream is the caller's to close. */
    static Json to(OutputStream stream) throws IOException {
        var out = FACTORY.createGenerator(stream);
        out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        out.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        return new Json(out);
    }

    Json begin() throws IOException {
        out.writeStartObject();
        return this;
    }

    Json end() throws IOException {
        out.writeEndObject();
        return this;
    }

    Json put(String name, String value) throws IOException {
        out.writeStringField(name, whole(value));
        return this;
    }

    Json put(String name, long value) throws IOException {
        out.writeNumberField(name, value);
        return this;
    }

    Json put(String name, boolean value) throws IOException {
        out.writeBooleanField(name, value);
        return this;
    }

    /** To three digits after the point below a thousand, else to none: more are not known. Never with an exponent. */
    Json put(String name, double value) throws IOException {
        if (value >= THOUSAND || value == Math.rint(value)) {
            return put(name, Math.round(value));
        }
        out.writeNumberField(name, Math.round(value * THOUSAND) / THOUSAND);
        return this;
    }

    /** As RFC 3339, to the second where it has no fraction. */
    Json put(String name, Instant time) throws IOException {
        return put(name, time.truncatedTo(ChronoUnit.MILLIS).toString());
    }

    Json nothing(String name) throws IOException {
        out.writeNullField(name);
        return this;
    }

    Json put(String name, IoLimit limit) throws IOException {
        out.writeObjectFieldStart(name);
        for (var key : LimitKey.values()) {
            if (limit.get(key) instanceof Rate.PerSecond limited) {
                put(key.key(), limited.value());
            } else {
                put(key.key(), "max");
            }
        }
        return end();
    }

    Json put(String name, IoRates rates) throws IOException {
        out.writeObjectFieldStart(name);
        return numbers(rates).end();
    }

    /** The four of them, within an object. */
    Json numbers(IoRates rates) throws IOException {
        for (var key : LimitKey.values()) {
            put(key.key(), rates.get(key));
        }
        return this;
    }

    <T> Json object(String name, T value, Part<T> part) throws IOException {
        out.writeObjectFieldStart(name);
        part.write(this, value);
        return end();
    }

    <T> Json object(String name, Optional<T> value, Part<T> part) throws IOException {
        return value.isPresent() ? object(name, value.get(), part) : this;
    }

    /** A list of objects. */
    <T> Json list(String name, Collection<T> values, Part<T> part) throws IOException {
        out.writeArrayFieldStart(name);
        for (var value : values) {
            begin();
            part.write(this, value);
            end();
        }
        out.writeEndArray();
        return this;
    }

    Json texts(String name, Collection<String> values) throws IOException {
        out.writeArrayFieldStart(name);
        for (var value : values) {
            out.writeString(whole(value));
        }
        out.writeEndArray();
        return this;
    }

    Json texts(String name, Map<String, String> values) throws IOException {
        return object(name, values, (json, map) -> {
            for (var entry : map.entrySet()) {
                json.put(entry.getKey(), entry.getValue());
            }
        });
    }

    /** What is JSON already. */
    Json raw(String name, String json) throws IOException {
        out.writeFieldName(name);
        out.writeRawValue(whole(json));
        return this;
    }

    /** Half of a character, which a manifest can have in it, is none in UTF-8. */
    private static String whole(String text) {
        return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit))
                ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                : text;
    }

    /** Writes the last bytes, and a newline after them. */
    @Override
    public void close() throws IOException {
        out.writeRaw('\n');
        out.close();
    }
}
