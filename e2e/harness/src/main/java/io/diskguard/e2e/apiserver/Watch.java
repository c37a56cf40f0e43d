/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.WebSocket;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One connection that is told of changes, in order and on no thread of the server's: it waits for each write. */
final class Watch {
    final WebSocket socket;
    private final Predicate<ObjectNode> wanted;
    private final Clock clock;
    private final Lines sent;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "watch");
        thread.setDaemon(true);
        return thread;
    });

    /** @param sent where it is written down what was sent when */
    Watch(WebSocket socket, Predicate<ObjectNode> wanted, Clock clock, Lines sent) {
        this.socket = socket;
        this.wanted = wanted;
        this.clock = clock;
        this.sent = sent;
    }

    void tell(Objects.Change change) {
        if (wanted.test(change.object())) {
            send(change.type(), change.object());
        }
    }

    void send(String type, ObjectNode object) {
        var text = Json.write(Json.object().put("type", type).set("object", object));
        var meta = object.path("metadata");
        var line = Json.object()
                .put("type", type)
                .put("version", meta.path("resourceVersion").asLong())
                .put("uid", meta.path("uid").asText())
                .put(
                        "name",
                        meta.path("namespace").asText() + "/"
                                + meta.path("name").asText());
        sender.execute(() -> {
            var now = clock.instant();
            if (socket.send(text)) {
                sent.add(line.put("nanos", nanos(now)));
            }
        });
    }

    void close(int code, String reason) {
        sender.execute(() -> socket.close(code, reason));
        end();
    }

    /** There is nobody to tell any more. */
    void end() {
        sender.shutdown();
    }

    static long nanos(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }
}
