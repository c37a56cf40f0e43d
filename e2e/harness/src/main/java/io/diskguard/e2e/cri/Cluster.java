/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.cri;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The API server's pods, for its administrator: found through the files that it leaves in its directory. */
final class Cluster {
    private static final int NOT_FOUND = 404;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final String url;
    private final String token;

    Cluster(Path directory) throws IOException, GeneralSecurityException {
        http = HttpClient.newBuilder()
                .sslContext(trusting(directory.resolve("ca.crt")))
                .build();
        url = Files.readString(directory.resolve("url")).strip();
        token = Files.readString(directory.resolve("admin-token")).strip();
    }

    private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var in = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, managers.getTrustManagers(), null);
        return tls;
    }

    /** Makes the pod what it is given as, new or not. */
    void put(String namespace, String name, String pod) throws IOException, InterruptedException {
        var pods = url + "/api/v1/namespaces/" + namespace + "/pods";
        if (send("PUT", pods + "/" + name, pod) == NOT_FOUND) {
            send("POST", pods, pod);
        }
    }

    /** @param what {@code deny} or {@code permit} */
    void right(String what, String verb, String resource) throws IOException, InterruptedException {
        send("POST", url + "/control/" + what + "?verb=" + verb + "&resource=" + resource, "");
    }

    void delete(String namespace, String name) throws IOException, InterruptedException {
        send("DELETE", url + "/api/v1/namespaces/" + namespace + "/pods/" + name, "");
    }

    /** The value of a pod's annotation; empty if it has none. */
    String annotation(String namespace, String name, String key) throws IOException, InterruptedException {
        var pod = ask("GET", url + "/api/v1/namespaces/" + namespace + "/pods/" + name, "");
        return JSON.readTree(pod.body())
                .path("metadata")
                .path("annotations")
                .path(key)
                .asText();
    }

    private int send(String method, String to, String body) throws IOException, InterruptedException {
        return ask(method, to, body).statusCode();
    }

    private HttpResponse<String> ask(String method, String to, String body) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(to))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() >= 300 && answer.statusCode() != NOT_FOUND) {
            throw new IOException(method + " " + to + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }
}
