/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Answers as an API server does, which the library's own mock does not: each change has a version, a watch begins with
 * what happened since the version that it names, versions expire, tokens have rights. Thread-safe.
 */
final class Api extends Dispatcher implements AutoCloseable {
    static final String SENT = "sent.jsonl";
    static final String WRITES = "writes.jsonl";
    private static final Set<String> KINDS = Set.of("pods", "events");
    private static final String TOO_OLD = "too old resource version";

    private final Objects objects;
    private final Set<Watch> watches = new HashSet<>();
    private final Tokens tokens;
    private final Clock clock;
    private final Lines sent;
    private final Lines writes;
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private volatile Runnable cut = () -> {};

    Api(Path directory, Tokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
        sent = new Lines(directory.resolve(SENT));
        writes = new Lines(directory.resolve(WRITES));
        objects = new Objects(directory, this::changed);
    }

    /** What breaks the connections. */
    void cutWith(Runnable breaker) {
        cut = breaker;
    }

    synchronized boolean isEmpty() {
        return objects.all("pods").isEmpty();
    }

    synchronized void put(ObjectNode pod) {
        objects.put("pods", name(pod), pod);
    }

    synchronized <T> T ask(Function<Objects, T> question) {
        return question.apply(objects);
    }

    /** Tells the watches the present version, as every API server does each minute or so. */
    synchronized void bookmark() {
        var bookmark = Json.object().put("kind", "Pod").put("apiVersion", "v1");
        Json.meta(bookmark).put("resourceVersion", String.valueOf(objects.version()));
        watches.forEach(watch -> watch.send("BOOKMARK", bookmark));
    }

    @Override
    public synchronized void close() {
        objects.close();
        sent.close();
        writes.close();
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest recorded) {
        var request = Request.of(recorded);
        var who = tokens.of(recorded.getHeader("Authorization"));
        if (who.isEmpty()) {
            return refusal(401, "Unauthorized", "Unauthorized");
        }
        var review = Reviews.answer(request, who.get(), this::isAllowed);
        if (review.isPresent()) {
            return json(review.get().code(), review.get().body()).setHeader("Date", date());
        }
        if (!request.method().equals("GET") && !request.isControl()) {
            writes.add(Json.object()
                    .put("nanos", Watch.nanos(clock.instant()))
                    .put("who", who.get().name())
                    .put(
                            "agent",
                            Optional.ofNullable(recorded.getHeader("User-Agent"))
                                    .orElse(""))
                    .put("method", request.method())
                    .put("path", recorded.getPath())
                    .put("body", request.body()));
        }
        if (!isAllowed(who.get(), request)) {
            return refusal(
                    403,
                    "Forbidden",
                    request.kind() + " is forbidden: User \"" + who.get().name() + "\" cannot " + request.verb()
                            + " resource \"" + request.kind() + "\"");
        }
        if (request.isControl()) {
            return control(request);
        }
        var answer = KINDS.contains(request.kind()) ? answer(request) : refusal(404, "NotFound", request.path());
        if (!request.verb().equals("list")) {
            return answer;
        }
        var list = Compression.of(answer, recorded.getHeader("Accept-Encoding"));
        return who.get() == Tokens.Who.AGENT ? list.setHeader(Answers.MARK, String.valueOf(objects.version())) : list;
    }

    private boolean isAllowed(Tokens.Who who, Request request) {
        return who == Tokens.Who.ADMIN || !request.isControl() && isAllowed(who, request.verb(), request.kind());
    }

    private boolean isAllowed(Tokens.Who who, String verb, String resource) {
        return tokens.allow(who, verb, resource) && !denied.contains(verb + " " + resource);
    }

    private String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atZone(ZoneOffset.UTC));
    }

    /** A list has reached the agent. */
    void listed(String version) {
        told("LIST", Long.parseLong(version));
    }

    private void told(String type, long version) {
        sent.add(Json.object().put("type", type).put("version", version).put("nanos", Watch.nanos(clock.instant())));
    }

    private MockResponse control(Request request) {
        var answer = Json.object();
        switch (request.path().substring("/control/".length())) {
            case "deny" -> denied.add(right(request));
            case "permit" -> denied.remove(right(request));
            case "expire" -> expire();
            case "cut" -> cut.run();
            case "bookmark" -> bookmark();
            case "status" -> answer.put("version", objects.version()).put("watches", watches.size());
            default -> {
                return refusal(404, "NotFound", request.path());
            }
        }
        return json(200, answer);
    }

    private static String right(Request request) {
        return request.parameters().get("verb") + " " + request.parameters().get("resource");
    }

    private void expire() {
        objects.expire();
        watches.forEach(watch -> {
            watch.send("ERROR", Json.status(410, "Expired", TOO_OLD));
            watch.close(1000, "expired");
        });
        watches.clear();
    }

    private MockResponse answer(Request request) {
        return switch (request.verb()) {
            case "watch" -> watch(request);
            case "list" -> list(request);
            case "get" ->
                objects.find(request.kind(), name(request))
                        .map(found -> json(200, found))
                        .orElseGet(() -> missing(request));
            case "create" -> create(request);
            case "update" ->
                objects.find(request.kind(), name(request))
                        .map(found -> json(200, objects.put(request.kind(), name(request), (ObjectNode)
                                Json.read(request.body()))))
                        .orElseGet(() -> missing(request));
            case "patch" ->
                objects.find(request.kind(), name(request))
                        .map(found -> patch(request, found))
                        .orElseGet(() -> missing(request));
            case "delete" ->
                objects.remove(request.kind(), name(request))
                        .map(gone -> json(200, gone))
                        .orElseGet(() -> missing(request));
            default -> refusal(405, "MethodNotAllowed", request.method());
        };
    }

    private MockResponse list(Request request) {
        if (request.version() != 0
                && "Exact".equals(request.parameters().get("resourceVersionMatch"))
                && request.version() != objects.version()) {
            return refusal(410, "Expired", TOO_OLD + ": " + request.version());
        }
        var list = Json.object()
                .put("kind", request.kind().equals("pods") ? "PodList" : "EventList")
                .put("apiVersion", "v1");
        Json.meta(list).put("resourceVersion", String.valueOf(objects.version()));
        var items = list.putArray("items");
        objects.all(request.kind()).stream().filter(request.wanted()).forEach(object -> {
            object.remove(Set.of("kind", "apiVersion"));
            items.add(object);
        });
        return json(200, list);
    }

    private MockResponse create(Request request) {
        var object = (ObjectNode) Json.read(request.body());
        var meta = Json.meta(object);
        request.namespace().ifPresent(namespace -> meta.put("namespace", namespace));
        if (objects.find(request.kind(), name(object)).isPresent()) {
            return refusal(
                    409,
                    "AlreadyExists",
                    request.kind() + " \"" + meta.path("name").asText() + "\" already exists");
        }
        if (!meta.has("uid")) {
            meta.put("uid", UUID.randomUUID().toString());
        }
        meta.put(
                "creationTimestamp",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return json(201, objects.put(request.kind(), name(object), object));
    }

    private MockResponse patch(Request request, ObjectNode object) {
        var patch = Json.read(request.body());
        var uid = patch.path("metadata").path("uid");
        if (uid.isTextual() && !uid.equals(object.path("metadata").path("uid"))) {
            return refusal(409, "Conflict", "Precondition failed: UID in precondition: " + uid.asText());
        }
        Json.merge(object, patch);
        return json(200, objects.put(request.kind(), name(request), object));
    }

    private MockResponse watch(Request request) {
        return new MockResponse().withWebSocketUpgrade(new WebSocketListener() {
            @Override
            public void onOpen(WebSocket socket, Response response) {
                opened(request, new Watch(socket, request.wanted(), clock, sent));
            }

            @Override
            public void onClosed(WebSocket socket, int code, String reason) {
                gone(socket);
            }

            @Override
            public void onFailure(WebSocket socket, Throwable problem, Response response) {
                gone(socket);
            }
        });
    }

    private synchronized void opened(Request request, Watch watch) {
        var from = request.version();
        if (from != 0 && !objects.knows(from)) {
            watch.send("ERROR", Json.status(410, "Expired", TOO_OLD + ": " + from));
            watch.close(1000, "expired");
            return;
        }
        objects.since(from).stream()
                .filter(change -> change.kind().equals(request.kind()))
                .forEach(watch::tell);
        watches.add(watch);
        told("WATCH", objects.version());
    }

    private synchronized void gone(WebSocket socket) {
        var gone = watches.stream().filter(watch -> watch.socket.equals(socket)).toList();
        gone.forEach(Watch::end);
        watches.removeAll(gone);
    }

    private void changed(Objects.Change change) {
        if (change.kind().equals("pods")) {
            watches.forEach(watch -> watch.tell(change));
        }
    }

    private static MockResponse missing(Request request) {
        return refusal(404, "NotFound", request.kind() + " \"" + request.name().orElse("") + "\" not found");
    }

    private static String name(Request request) {
        return request.namespace().orElse("default") + "/" + request.name().orElse("");
    }

    private static String name(ObjectNode object) {
        var meta = object.path("metadata");
        return meta.path("namespace").asText() + "/" + meta.path("name").asText();
    }

    private static MockResponse refusal(int code, String reason, String message) {
        return json(code, Json.status(code, reason, message));
    }

    private static MockResponse json(int code, JsonNode body) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(Json.write(body));
    }
}
