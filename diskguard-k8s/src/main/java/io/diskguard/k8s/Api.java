/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Single requests to the API server, without a thread that waits. Thread-safe. */
final class Api {
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final KubernetesClient client;
    private final Duration patience;
    private final ObjectMapper json = new ObjectMapper();

    /** @param patience for a whole answer */
    Api(KubernetesClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    /** The stage never fails. */
    CompletableFuture<Answer> create(String path, JsonNode object) {
        return send("POST", path, "application/json", object);
    }

    /** RFC 7396: what the patch does not name stays, what it has null for goes. The stage never fails. */
    CompletableFuture<Answer> mergePatch(String path, JsonNode patch) {
        return send("PATCH", path, MERGE_PATCH, patch);
    }

    /** An API server that is behind a proxy may be below a path. */
    static URI at(KubernetesClient client, String path) {
        return URI.create(client.getMasterUrl().toString().replaceFirst("/+$", "") + path);
    }

    private CompletableFuture<Answer> send(String method, String path, String type, JsonNode body) {
        try {
            var http = client.getHttpClient();
            var request = http.newHttpRequestBuilder()
                    .uri(at(client, path))
                    .method(method, type, json.writeValueAsString(body))
                    .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .build();
            return http.sendAsync(request, byte[].class)
                    .thenApply(response -> said(kind(path), response))
                    .exceptionally(Answer.Unreached::new);
        } catch (JsonProcessingException | RuntimeException e) {
            return CompletableFuture.completedFuture(new Answer.Unreached(e));
        }
    }

    /** Of the resource, whatever its namespace and name are. */
    private static String kind(String path) {
        return path.matches("/api/v1/namespaces/[^/]+/events(/.*)?") ? "Event" : "Pod";
    }

    private Answer said(String kind, HttpResponse<byte[]> response) {
        var code = response.code();
        if (!HttpResponse.isSuccessful(code)) {
            return new Answer.Said(code, read(response.body()).path("message").asText());
        }
        // Whoever else answers has stored nothing.
        return read(response.body()).path("kind").asText().equals(kind)
                ? new Answer.Said(code, "")
                : new Answer.Unreached(new NonsenseException(kind));
    }

    private JsonNode read(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
