/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of an answer once it is complete. The JDK's client remembers the first exchange of each connection as long as the
 * connection lives ({@code PlainHttpConnection.connectTimerEvent}), and through it whoever took the body: the text of all
 * pods of the node, some megabytes that nobody reads again.
 */
final class LetGo implements Interceptor {
    static final String NAME = "diskguard-let-go";

    /** Called for plain requests only, before one is sent. */
    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        return new Taker(consumer);
    }

    static final class Taker implements AsyncBody.Consumer<List<ByteBuffer>> {
        private volatile AsyncBody.@Nullable Consumer<List<ByteBuffer>> consumer;
        private boolean begun;

        Taker(AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            this.consumer = consumer;
        }

        /** Called by one thread at a time. */
        @Override
        public void consume(List<ByteBuffer> part, AsyncBody body) throws Exception {
            if (!begun) {
                begun = true;
                body.done().whenComplete((nothing, problem) -> consumer = null);
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
