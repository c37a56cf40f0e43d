/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

/**
 * Asks for lists of pods in gzip, which the JDK's client never does. An API server compresses what is larger than 128 KiB
 * ({@code APIResponseCompression}), and never a watch; a twentieth is left to come over TLS and to be kept until it is read.
 * Whoever reads a list looks at it through {@link Unzipped}.
 */
final class AskForGzip implements Interceptor {
    static final String NAME = "diskguard-ask-for-gzip";

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (builder instanceof HttpRequest.Builder
                && request.method().equals("GET")
                && request.uri().getPath().endsWith("/pods")) {
            builder.setHeader("Accept-Encoding", "gzip");
        }
    }
}
