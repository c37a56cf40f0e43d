/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An API server that keeps pods and events as the real one does, which the client's own mock does not: each change has a
 * version, a watch begins with what happened since the version that it names, and versions expire. Thread-safe.
 */
final class ApiServer extends Dispatcher {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSION = Pattern.compile("[?&]resourceVersion=(\\d+)");
    private static final String PODS = "/api/v1/pods?";

    final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    final List<JsonNode> patches = new CopyOnWriteArrayList<>();
    private final Map<String, ObjectNode> pods = new TreeMap<>();
    private final Map<String, ObjectNode> events = new TreeMap<>();
    private final List<Change> history = new ArrayList<>();
    private final Set<Watcher> watchers = new HashSet<>();
    private volatile Function<RecordedRequest, Optional<MockResponse>> script = request -> Optional.empty();
    private long version = 1;
    private long oldest = 1;
    private int lists;

    private record Change(long version, String message) {}

    /** One connection, served in order and on no thread of the server's: it waits for each write. */
    private static final class Watcher {
        final WebSocket socket;
        private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(task, "api-server-watch");
            thread.setDaemon(true);
            return thread;
        });

        Watcher(WebSocket socket) {
            this.socket = socket;
        }

        void send(String message) {
            sender.execute(() -> socket.send(message));
        }

        void close(String reason) {
            sender.execute(() -> socket.close(1000, reason));
            sender.shutdown();
        }
    }

    /** Answers first, where it has an answer. */
    void script(Function<RecordedRequest, Optional<MockResponse>> answers) {
        script = answers;
    }

    /** Adds the pod or puts it in the place of what is there; returns its version. */
    synchronized long put(ObjectNode pod) {
        var name = name(pod);
        var known = pods.containsKey(name);
        meta(pod).put("resourceVersion", String.valueOf(++version));
        pods.put(name, pod);
        tell(known ? "MODIFIED" : "ADDED", pod);
        return version;
    }

    synchronized void remove(String name) {
        var pod = pods.remove(name);
        if (pod != null) {
            var last = pod.deepCopy();
            meta(last).put("resourceVersion", String.valueOf(++version));
            tell("DELETED", last);
        }
    }

    synchronized Optional<JsonNode> pod(String name) {
        return Optional.ofNullable(pods.get(name)).map(JsonNode::deepCopy);
    }

    synchronized List<JsonNode> pods() {
        return List.copyOf(pods.values());
    }

    synchronized List<JsonNode> events() {
        return events.values().stream()
                .map(event -> (JsonNode) event.deepCopy())
                .toList();
    }

    /** As after an hour. */
    synchronized void forgetEvents() {
        events.clear();
    }

    synchronized int lists() {
        return lists;
    }

    synchronized int watches() {
        return watchers.size();
    }

    /** Tells the watchers the present version. */
    synchronized void bookmark() {
        version++;
        var bookmark = JSON.createObjectNode().put("kind", "Pod").put("apiVersion", "v1");
        bookmark.putObject("metadata").put("resourceVersion", String.valueOf(version));
        send("BOOKMARK", bookmark);
    }

    /** Forgets what happened so far: a watch from an earlier version is refused. */
    synchronized void compact() {
        oldest = version;
        history.clear();
    }

    /** Ends the watches in the way an expired one ends. */
    synchronized void expire() {
        compact();
        send("ERROR", status(410, "Expired", "too old resource version"));
        closeWatches();
    }

    /** Closes the watches as the server does after its timeout. */
    synchronized void closeWatches() {
        watchers.forEach(watcher -> watcher.close("timeout"));
        watchers.clear();
    }

    synchronized void sendRaw(String message) {
        watchers.forEach(watcher -> watcher.send(message));
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        requests.add(request);
        return script.apply(request).orElseGet(() -> answer(request));
    }

    static MockResponse refusal(int code, String reason, String message) {
        return json(code, status(code, reason, message));
    }

    private MockResponse answer(RecordedRequest request) {
        var path = request.getPath();
        if (path.startsWith(PODS)) {
            return path.contains("watch=true") ? watch(version(path)) : list();
        }
        var parts = path.split("[/?]");
        return switch (request.getMethod() + " " + parts[5]) {
            case "PATCH pods" -> patch(pods, parts[4] + "/" + parts[6], request);
            case "PATCH events" -> patch(events, parts[4] + "/" + parts[6], request);
            case "POST events" -> {
                var event = (ObjectNode) read(request.getUtf8Body());
                events.put(name(event), event);
                yield json(201, event);
            }
            default -> refusal(404, "NotFound", path + " is not served");
        };
    }

    private MockResponse list() {
        lists++;
        var list = JSON.createObjectNode().put("kind", "PodList").put("apiVersion", "v1");
        list.putObject("metadata").put("resourceVersion", String.valueOf(version));
        var items = list.putArray("items");
        pods.values().forEach(pod -> {
            var item = pod.deepCopy();
            item.remove(List.of("kind", "apiVersion"));
            items.add(item);
        });
        return json(200, list);
    }

    private MockResponse watch(long from) {
        return new MockResponse().withWebSocketUpgrade(new WebSocketListener() {
            @Override
            public void onOpen(WebSocket socket, Response response) {
                var watcher = new Watcher(socket);
                synchronized (ApiServer.this) {
                    if (from != 0 && from < oldest) {
                        var expired = event("ERROR", status(410, "Expired", "too old resource version: " + from));
                        watcher.send(expired);
                        watcher.close("expired");
                        return;
                    }
                    history.stream()
                            .filter(change -> change.version() > from)
                            .forEach(change -> watcher.send(change.message()));
                    watchers.add(watcher);
                }
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

    private synchronized void gone(WebSocket socket) {
        watchers.removeIf(watcher -> watcher.socket.equals(socket));
    }

    private MockResponse patch(Map<String, ObjectNode> kept, String name, RecordedRequest request) {
        var object = kept.get(name);
        if (object == null) {
            return refusal(404, "NotFound", "\"" + name + "\" not found");
        }
        var patch = read(request.getUtf8Body());
        patches.add(patch);
        var uid = patch.path("metadata").path("uid");
        if (uid.isTextual() && !uid.equals(meta(object).path("uid"))) {
            return refusal(409, "Conflict", "Precondition failed: UID in precondition: " + uid.asText());
        }
        merge(object, patch);
        if (kept == pods) {
            put(object);
        }
        return json(200, object);
    }

    /** RFC 7396. */
    private static void merge(ObjectNode into, JsonNode patch) {
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                into.remove(entry.getKey());
            } else if (entry.getValue().isObject()) {
                var child = into.get(entry.getKey());
                merge(
                        child != null && child.isObject() ? (ObjectNode) child : into.putObject(entry.getKey()),
                        entry.getValue());
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private void tell(String type, ObjectNode pod) {
        history.add(new Change(version, event(type, pod)));
        send(type, pod);
    }

    private void send(String type, ObjectNode object) {
        sendRaw(event(type, object));
    }

    private static String event(String type, ObjectNode object) {
        return write(JSON.createObjectNode().put("type", type).set("object", object));
    }

    private static ObjectNode status(int code, String reason, String message) {
        return JSON.createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("reason", reason)
                .put("message", message)
                .put("code", code);
    }

    private static MockResponse json(int code, JsonNode body) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(write(body));
    }

    private static long version(String path) {
        var found = VERSION.matcher(path);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private static String name(ObjectNode object) {
        return meta(object).path("namespace").asText() + "/"
                + meta(object).path("name").asText();
    }

    private static ObjectNode meta(ObjectNode object) {
        return (ObjectNode) object.get("metadata");
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
