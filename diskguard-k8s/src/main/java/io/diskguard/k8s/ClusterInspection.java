/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.config.KubernetesSettings;
import io.diskguard.model.Pod;
import io.diskguard.spi.Environment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks an API server single questions, each in bounded time, and changes nothing in the cluster. Thread-safe. */
public final class ClusterInspection implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    private static final String SELF = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    private static final int UNAUTHORIZED = 401;

    private final KubernetesClient client;
    private final Transport transport;
    private final Environment environment;
    private final Duration patience;

    private ClusterInspection(
            KubernetesClient client, Transport transport, Environment environment, Duration patience) {
        this.client = client;
        this.transport = transport;
        this.environment = environment;
        this.patience = patience;
    }

    /**
     * It answers.
     *
     * @param version as it says; empty if it does not say
     * @param ahead how far its clock is ahead of this host's, negative if behind; in steps of a second; empty if it does
     *     not say
     */
    public record Server(Optional<String> version, Optional<Duration> ahead) {}

    /** @param reason of the authorizer; may be empty */
    public record Review(boolean allowed, String reason) {}

    /**
     * With the same credentials as {@link KubernetesAccess#open}. Nothing is asked yet.
     *
     * @param patience for each answer
     * @throws KubernetesAccessException if there are none
     */
    public static ClusterInspection open(KubernetesSettings settings, Environment environment, Duration patience)
            throws KubernetesAccessException {
        var found = Credentials.find(settings, environment.variables(), Credentials.SERVICE_ACCOUNT);
        var transport = new Transport();
        var millis = (int) patience.toMillis();
        return new ClusterInspection(
                KubernetesAccess.client(found, transport, millis, Bounds.USUAL.withPatience(patience)),
                transport,
                environment,
                patience);
    }

    /** Where it is asked, for people. */
    public String where() {
        return String.valueOf(client.getMasterUrl());
    }

    /** Whether it answers at all and takes these credentials. */
    public Told<Server> server() {
        var before = environment.clock().instant();
        var answer = ask("GET", "/version", "");
        if (!(answer instanceof Told.Known<HttpResponse<byte[]>> known)) {
            return unknown(answer);
        }
        var response = known.value();
        if (response.code() == UNAUTHORIZED) {
            return new Told.Unknown<>(Trouble.ofAnswer("get", "/version", UNAUTHORIZED, ""));
        }
        var took = Duration.between(before, environment.clock().instant());
        var version = json(response).path("gitVersion").asText();
        return new Told.Known<>(new Server(
                Optional.of(version).filter(it -> !it.isEmpty()),
                date(response).map(date -> Duration.between(before.plus(took.dividedBy(2)), date.toInstant()))));
    }

    /** The pods that the node has, by its name in the field selector {@code spec.nodeName}. */
    public Told<List<Pod>> pods(String node) {
        var selector = URLEncoder.encode("spec.nodeName=" + node, StandardCharsets.UTF_8);
        var answer = ask("GET", "/api/v1/pods?fieldSelector=" + selector, "");
        if (!(answer instanceof Told.Known<HttpResponse<byte[]>> known)) {
            return unknown(answer);
        }
        var response = known.value();
        if (!HttpResponse.isSuccessful(response.code())) {
            return new Told.Unknown<>(Trouble.ofAnswer("list", "pods", response.code(), message(response)));
        }
        try {
            var pods = Unzipped.read(
                    new ByteArrayInputStream(response.body()), Bounds.USUAL.bytes(), text -> new PodListReader()
                            .read(text, node, uid -> null));
            return new Told.Known<>(List.copyOf(pods.byUid().values()));
        } catch (IOException e) {
            return new Told.Unknown<>("the API server answered with what is no list of pods");
        }
    }

    /** Whether these credentials may, in every namespace: a SelfSubjectAccessReview, which changes nothing. */
    public Told<Review> may(String verb, String resource) {
        var review = JSON.createObjectNode()
                .put("kind", "SelfSubjectAccessReview")
                .put("apiVersion", "authorization.k8s.io/v1");
        review.putObject("spec")
                .putObject("resourceAttributes")
                .put("verb", verb)
                .put("resource", resource);
        var answer = ask("POST", REVIEWS, review.toString());
        if (!(answer instanceof Told.Known<HttpResponse<byte[]>> known)) {
            return unknown(answer);
        }
        var status = json(known.value()).path("status");
        return status.path("allowed").isBoolean()
                ? new Told.Known<>(new Review(
                        status.path("allowed").asBoolean(),
                        status.path("reason").asText()))
                : new Told.Unknown<>(Trouble.ofAnswer(
                        "create", "selfsubjectaccessreviews", known.value().code(), message(known.value())));
    }

    /** Who these credentials are to the cluster; empty if it does not say (before Kubernetes 1.28). */
    public Optional<String> user() {
        var review = JSON.createObjectNode()
                .put("kind", "SelfSubjectReview")
                .put("apiVersion", "authentication.k8s.io/v1")
                .toString();
        return ask("POST", SELF, review) instanceof Told.Known<HttpResponse<byte[]>> known
                ? Optional.of(json(known.value())
                                .at("/status/userInfo/username")
                                .asText())
                        .filter(it -> !it.isEmpty())
                : Optional.empty();
    }

    @Override
    public void close() {
        client.close();
        transport.close();
    }

    private Told<HttpResponse<byte[]>> ask(String method, String path, String body) {
        try {
            var http = client.getHttpClient();
            var request = http.newHttpRequestBuilder()
                    .uri(Api.at(client, path))
                    .timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!method.equals("GET")) {
                request.method(method, "application/json", body);
            }
            var answer = http.sendAsync(request.build(), byte[].class);
            try {
                return new Told.Known<>(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
            } finally {
                answer.cancel(true);
            }
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return new Told.Unknown<>(Trouble.of(method, path, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Told.Unknown<>("interrupted while the API server was asked");
        }
    }

    private static <T> Told<T> unknown(Told<?> answer) {
        return new Told.Unknown<>(
                answer instanceof Told.Unknown<?> unknown ? unknown.reason() : "the API server did not answer");
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    private static String message(HttpResponse<byte[]> response) {
        return json(response).path("message").asText();
    }

    private static Optional<ZonedDateTime> date(HttpResponse<byte[]> response) {
        try {
            return Optional.ofNullable(response.header("Date"))
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
