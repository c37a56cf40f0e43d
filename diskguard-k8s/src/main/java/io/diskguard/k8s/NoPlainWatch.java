/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Refuses watches that are no WebSocket. The client falls back to one for good where the connection breaks while a
 * WebSocket is being opened, and its reader of plain watches ({@code WatchHTTPManager}, 7.8.0) decodes each chunk by
 * itself: text beyond ASCII is mangled or ends it. So the list and watch begin anew instead.
 */
final class NoPlainWatch implements Interceptor {
    static final String NAME = "diskguard-no-plain-watch";

    /** Called for plain requests only, before one is sent. */
    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        var query = request.uri().getQuery();
        if (query != null && query.contains("watch=true")) {
            throw new IllegalStateException("no WebSocket could be opened to watch");
        }
        return consumer;
    }
}
