/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.host;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The API server of the end-to-end tests, in a process of its own, with the pods of one node. */
public record SeededApiServer(Path directory, Process process, HttpClient http) implements AutoCloseable {
    public static final String NODE = "node-1";
    private static final String ACCOUNT = "/run/secrets/kubernetes.io/serviceaccount";
    private static final String MAIN = "io.diskguard.e2e.apiserver.Main";

    public static SeededApiServer start(Path home, Path directory, int pods) throws IOException {
        var command = new ArrayList<>(command(home, directory));
        command.addAll(List.of("--pods", Integer.toString(pods), "--node", NODE));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        Files.createDirectories(directory).resolve("log").toFile())
                .start();
        try {
            Waiting.until(
                    "the API server serves",
                    process,
                    Duration.ofSeconds(60),
                    () -> Files.exists(directory.resolve("ready")));
            return new SeededApiServer(directory, process, client(directory.resolve("ca.crt")));
        } catch (IOException | GeneralSecurityException e) {
            Waiting.end(process);
            throw new IOException("the API server did not start, see " + directory.resolve("log"), e);
        }
    }

    /** Starts one without pods, with what the directory has of an earlier one. */
    public static List<String> command(Path home, Path directory) {
        var harness = home.resolve("e2e/harness/target");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                harness.resolve("classes") + File.pathSeparator + harness.resolve("lib") + "/*",
                MAIN,
                "--dir",
                directory.toString());
    }

    public String port() throws IOException {
        return Files.readString(directory.resolve("port")).strip();
    }

    public List<String> inPod(List<String> command) {
        return inPod(directory, command);
    }

    /**
     * The command, in a mount namespace in which the service account is where a pod has it; the process stays the same.
     *
     * @param directory of an API server
     */
    public static List<String> inPod(Path directory, List<String> command) {
        var script = "mount -t tmpfs tmpfs /run && mkdir -p \"$1\" && cp \"$2/agent-token\" \"$1/token\""
                + " && cp \"$2/ca.crt\" \"$1\" && shift 2 && exec \"$@\"";
        var words = List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh", ACCOUNT);
        return Stream.of(words, List.of(directory.toString()), command)
                .flatMap(List::stream)
                .toList();
    }

    /** The containers' cgroups as the kubelet makes them, below its cgroup root. */
    public List<String> cgroups() throws IOException {
        return Files.readAllLines(directory.resolve("cgroups"));
    }

    /** Sets an annotation of a pod. */
    public void annotate(String namespace, String name, String key, String value) throws IOException {
        var body = "{\"metadata\":{\"annotations\":{\"" + key + "\":\"" + value + "\"}}}";
        var uri = Files.readString(directory.resolve("url")) + "/api/v1/namespaces/" + namespace + "/pods/" + name;
        var request = HttpRequest.newBuilder(URI.create(uri))
                .header("Authorization", "Bearer " + Files.readString(directory.resolve("admin-token")))
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(name + ": " + response.statusCode() + " " + response.body());
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        Waiting.end(process);
    }

    private static HttpClient client(Path authority) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var pem = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }
}
