/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import java.io.IOException;
import java.util.Optional;

/** Reads the events of a watch of pods, and what the API server says in place of an answer, token by token. */
final class WatchEventParser {
    private static final String TYPE = "type";
    private static final String OBJECT = "object";
    private static final String KIND = "kind";

    private final JsonFactory json;

    WatchEventParser(JsonFactory json) {
        this.json = json;
    }

    /** @throws NonsenseException if it is about something else than a pod or a status */
    WatchEvent event(String text) throws IOException {
        var kind = kind(text);
        try (var parser = json.createParser(text)) {
            begin(parser, "WatchEvent");
            var event = new WatchEvent();
            for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case TYPE -> event.setType(parser.getValueAsString());
                    case OBJECT -> event.setObject(object(kind, parser));
                    default -> parser.skipChildren();
                }
            }
            ended(parser, "WatchEvent");
            return event;
        }
    }

    /** @throws NonsenseException if it is no object */
    Status status(String text) throws IOException {
        try (var parser = json.createParser(text)) {
            begin(parser, "Status");
            var status = status(parser);
            ended(parser, "Status");
            return status;
        }
    }

    private static KubernetesResource object(Optional<String> kind, JsonParser parser) throws IOException {
        return switch (kind.orElse("")) {
            case "Pod" -> SlimParser.pod(parser);
            case "Status" -> status(parser);
            default -> throw new NonsenseException("Pod");
        };
    }

    /** Of the event's object, which may stand before its kind. */
    private Optional<String> kind(String text) throws IOException {
        try (var parser = json.createParser(text)) {
            begin(parser, "WatchEvent");
            for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                var value = parser.nextToken();
                if (name.equals(OBJECT) && value == JsonToken.START_OBJECT) {
                    return field(parser, KIND);
                }
                parser.skipChildren();
            }
            return Optional.empty();
        }
    }

    private static Optional<String> field(JsonParser parser, String wanted) throws IOException {
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals(wanted)) {
                return Optional.ofNullable(parser.getValueAsString());
            }
            parser.skipChildren();
        }
        return Optional.empty();
    }

    private static Status status(JsonParser parser) throws IOException {
        var status = new Status();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "code" -> status.setCode(parser.hasToken(JsonToken.VALUE_NULL) ? null : parser.getValueAsInt());
                case "status" -> status.setStatus(parser.getValueAsString());
                case "reason" -> status.setReason(parser.getValueAsString());
                case "message" -> status.setMessage(parser.getValueAsString());
                default -> parser.skipChildren();
            }
        }
        return status;
    }

    private static void begin(JsonParser parser, String kind) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new NonsenseException(kind);
        }
    }

    private static void ended(JsonParser parser, String kind) throws IOException {
        if (!parser.hasToken(JsonToken.END_OBJECT)) {
            throw new NonsenseException(kind);
        }
    }
}
