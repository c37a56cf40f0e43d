/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Single requests to the API server, without a thread that waits. Thread-safe. */
final class Api {
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final ObjectMapper json = new ObjectMapper();

    Api(KubernetesClient client) {
        this.client = client;
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
                    .timeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .build();
            return http.sendAsync(request, byte[].class).thenApply(this::said).exceptionally(Answer.Unreached::new);
        } catch (JsonProcessingException | RuntimeException e) {
            return CompletableFuture.completedFuture(new Answer.Unreached(e));
        }
    }

    private Answer said(HttpResponse<byte[]> response) {
        var code = response.code();
        return new Answer.Said(code, HttpResponse.isSuccessful(code) ? "" : message(response.body()));
    }

    private String message(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        try {
            return json.readTree(text).path("message").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
