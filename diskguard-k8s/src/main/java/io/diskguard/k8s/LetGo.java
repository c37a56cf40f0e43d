/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of an answer once it is complete. The JDK's client remembers the first exchange of each connection as long as the
 * connection lives ({@code PlainHttpConnection.connectTimerEvent}), and through it whoever took the body: the text of all
 * pods of the node, some megabytes that nobody reads again. And breaks off an answer that is larger than any is: the client
 * would collect it until there is no memory left; and one that does not end in time: the client's own timeout ends with
 * the head of an answer, and its connection would be kept for ever.
 */
final class LetGo implements Interceptor {
    static final String NAME = "diskguard-let-go";

    private final Bounds bounds;

    LetGo(Bounds bounds) {
        this.bounds = bounds;
    }

    static final class TooLargeException extends IOException {
        @Serial
        private static final long serialVersionUID = 1;

        TooLargeException() {
            super("more than is ever one");
        }
    }

    /** A watch that is asked for and never answered would keep its connection for ever; one that is open has all its time. */
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (builder instanceof WebSocket.Builder socket) {
            socket.connectTimeout(bounds.millis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Called for plain requests only, before one is sent. */
    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        return new Taker(consumer, bounds.bytes());
    }

    /** Called for an answer whose head has come. */
    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (response.body() instanceof AsyncBody body) {
            body.done().copy().orTimeout(bounds.millis(), TimeUnit.MILLISECONDS).whenComplete((nothing, problem) -> {
                if (problem instanceof TimeoutException) {
                    body.cancel();
                }
            });
        }
    }

    static final class Taker implements AsyncBody.Consumer<List<ByteBuffer>> {
        private volatile AsyncBody.@Nullable Consumer<List<ByteBuffer>> consumer;
        private boolean begun;
        private long left;

        Taker(AsyncBody.Consumer<List<ByteBuffer>> consumer, long most) {
            this.consumer = consumer;
            left = most;
        }

        /** Called by one thread at a time. */
        @Override
        public void consume(List<ByteBuffer> part, AsyncBody body) throws Exception {
            if (!begun) {
                begun = true;
                body.done().whenComplete((nothing, problem) -> consumer = null);
            }
            for (var bytes : part) {
                left -= bytes.remaining();
            }
            if (left < 0) {
                consumer = null;
                throw new TooLargeException();
            }
            var current = consumer;
            if (current != null) {
                current.consume(part, body);
            }
        }

        @Override
        public <U> @Nullable U unwrap(Class<U> target) {
            var current = consumer;
            return current == null ? null : current.unwrap(target);
        }

        boolean isEmpty() {
            return consumer == null;
        }
    }
}
