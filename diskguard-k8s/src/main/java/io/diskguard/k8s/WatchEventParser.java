/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.WatchEvent;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
                    case TYPE -> event.setType(SlimParser.text(parser));
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
                return Optional.ofNullable(SlimParser.text(parser));
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
                case "code" -> status.setCode(number(parser));
                case "details" -> status.setDetails(details(parser));
                case "status" -> status.setStatus(SlimParser.text(parser));
                case "reason" -> status.setReason(SlimParser.text(parser));
                case "message" -> status.setMessage(SlimParser.text(parser));
                default -> parser.skipChildren();
            }
        }
        return status;
    }

    /** How long to leave the API server alone. */
    private static @Nullable StatusDetails details(JsonParser parser) throws IOException {
        if (!SlimParser.isObject(parser)) {
            return null;
        }
        var details = new StatusDetails();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals("retryAfterSeconds")) {
                details.setRetryAfterSeconds(number(parser));
            } else {
                parser.skipChildren();
            }
        }
        return details;
    }

    private static @Nullable Integer number(JsonParser parser) throws IOException {
        return parser.hasToken(JsonToken.VALUE_NULL) ? null : Integer.valueOf(parser.getIntValue());
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
