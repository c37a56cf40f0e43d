/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.e2e.apiserver.Json;
import io.diskguard.e2e.apiserver.PodTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The API server as all others see it: kubelet, controllers, people. A new one for each of its lives. */
public final class Server {
    private final String url;
    private final String token;
    private final HttpClient http;

    public Server(Path directory) {
        try (var in = Files.newInputStream(directory.resolve("ca.crt"))) {
            url = Files.readString(directory.resolve("url"));
            token = Files.readString(directory.resolve("admin-token"));
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            http = HttpClient.newBuilder()
                    .sslContext(tls)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the pod; returns its version, as all of these do. */
    public long create(PodTemplate pod, ObjectNode json) {
        return version(send("POST", "/api/v1/namespaces/" + pod.namespace() + "/pods", "application/json", json));
    }

    private long patch(PodTemplate pod, ObjectNode patch) {
        return version(send("PATCH", path(pod), "application/merge-patch+json", patch));
    }

    /** Annotations and labels that differ. */
    public long edit(PodTemplate before, PodTemplate after) {
        var patch = Json.object();
        var meta = patch.putObject("metadata");
        difference(meta.putObject("annotations"), before.annotations(), after.annotations());
        difference(meta.putObject("labels"), before.labels(), after.labels());
        return patch(after, patch);
    }

    /** As the kubelet does once the containers run. */
    public long running(PodTemplate pod) {
        var patch = Json.object();
        patch.putObject("status")
                .put("phase", "Running")
                .set("containerStatuses", pod.toJson().path("status").path("containerStatuses"));
        return patch(pod, patch);
    }

    /** A pod whose containers nobody knows yet. */
    public long createPending(PodTemplate pod) {
        var json = pod.toJson();
        var status = (ObjectNode) json.get("status");
        status.put("phase", "Pending");
        status.remove("containerStatuses");
        return create(pod, json);
    }

    public long delete(PodTemplate pod) {
        return version(send("DELETE", path(pod), "application/json", Json.object()));
    }

    public List<JsonNode> pods() {
        var pods = new ArrayList<JsonNode>();
        send("GET", "/api/v1/pods", "application/json", Json.object())
                .path("items")
                .forEach(pods::add);
        return pods;
    }

    /** How many watches are open. */
    public int watches() {
        return send("GET", "/control/status", "application/json", Json.object())
                .path("watches")
                .asInt();
    }

    public void control(String what) {
        send("POST", "/control/" + what, "application/json", Json.object());
    }

    private JsonNode send(String method, String path, String type, JsonNode body) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", type)
                    .method(
                            method,
                            method.equals("GET")
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(Json.write(body)))
                    .build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return Json.read(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void difference(ObjectNode into, Map<String, String> before, Map<String, String> after) {
        before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(into::putNull);
        after.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                into.put(key, value);
            }
        });
    }

    private static long version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asLong();
    }

    private static String path(PodTemplate pod) {
        return "/api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name();
    }
}
