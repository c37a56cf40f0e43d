/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.config.HttpAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Whoever listens where this node's agent would. Thread-safe. */
public final class RunningAgent {
    public static final String READY = "/readyz";

    private static final int MOST = 8 << 20;
    private static final int BUFFER = 8 << 10;
    private static final int OK = 200;
    private static final int CONTAINERS_MAX = 10_000;
    private static final Set<String> ANY = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");
    private static final Pattern BUILD = Pattern.compile("(?m)^diskguard_build_info\\{[^}]*version=\"([^\"]+)\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpAddress address;
    private final Duration patience;

    private RunningAgent(HttpAddress address, Duration patience) {
        this.address = address;
        this.patience = patience;
    }

    /** Who listens there. */
    public sealed interface State {}

    public record Nobody() implements State {}

    /** Something that is no agent of ours. */
    public record Another(String reason) implements State {}

    /**
     * @param version empty if it does not say
     * @param failing the checks that say that it is not ready, with why
     */
    public record Ours(Optional<String> version, List<String> failing) implements State {
        public Ours {
            failing = List.copyOf(failing);
        }
    }

    private sealed interface Reply {}

    private record Said(int status, String body) implements Reply {}

    private record Silent(boolean nobody, String reason) implements Reply {}

    /**
     * @param address as configured; where it is every address, the loopback is asked
     * @param patience for each answer to begin; for the whole of it twice as long
     */
    public static RunningAgent at(HttpAddress address, Duration patience) {
        return new RunningAgent(
                ANY.contains(address.host()) ? new HttpAddress("127.0.0.1", address.port()) : address, patience);
    }

    /** For people. */
    public String url(String path) {
        return "http://" + address + path;
    }

    /** Asks whether it is one of ours, and whether it is ready. */
    public State state() {
        var reply = get(READY);
        if (reply instanceof Silent silent) {
            return silent.nobody() ? new Nobody() : new Another(silent.reason());
        }
        var ready = json(((Said) reply).body());
        if (!ready.path("ready").isBoolean() || !ready.path("checks").isArray()) {
            return new Another("it answers " + ((Said) reply).status() + " and not as an agent does");
        }
        var failing = new ArrayList<String>();
        for (var check : ready.path("checks")) {
            if (!check.path("ok").asBoolean()) {
                failing.add(check.path("name").asText() + ": "
                        + check.path("detail").asText());
            }
        }
        return new Ours(version(), failing);
    }

    /** Its explanation of a pod, as {@code explain --output json} prints one; empty if it has none or does not run. */
    public Optional<JsonNode> explanation(String namespace, String pod) {
        var reply = get("/api/v1/explain/" + URLEncoder.encode(namespace, StandardCharsets.UTF_8) + "/"
                + URLEncoder.encode(pod, StandardCharsets.UTF_8));
        return reply instanceof Said said && said.status() == OK
                ? Optional.of(json(said.body()).path("data")).filter(JsonNode::isObject)
                : Optional.empty();
    }

    /** How the pod's containers stand, as {@code /api/v1/containers} has them; empty if it does not say. */
    public List<JsonNode> containers(String namespace, String pod) {
        var reply = get("/api/v1/containers?limit=" + CONTAINERS_MAX + "&namespace="
                + URLEncoder.encode(namespace, StandardCharsets.UTF_8) + "&pod="
                + URLEncoder.encode(pod, StandardCharsets.UTF_8));
        var found = new ArrayList<JsonNode>();
        if (reply instanceof Said said && said.status() == OK) {
            json(said.body()).path("data").forEach(container -> {
                if (container.path("pod_name").asText().equals(pod)) {
                    found.add(container);
                }
            });
        }
        return found;
    }

    private Optional<String> version() {
        if (get("/api/v1/info") instanceof Said said && said.status() == OK) {
            var version = json(said.body()).at("/data/version").asText();
            if (!version.isEmpty()) {
                return Optional.of(version);
            }
        }
        if (get("/metrics") instanceof Said said && said.status() == OK) {
            var found = BUILD.matcher(said.body());
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        }
        return Optional.empty();
    }

    /** One that sends its answer a byte at a time is not waited for longer than another. */
    private Reply get(String path) {
        var answer = new FutureTask<>(() -> ask(path));
        var thread = new Thread(answer, "diskguard-ask");
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get(2 * patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return late();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Silent(false, "interrupted while it was asked");
        } finally {
            answer.cancel(true);
        }
    }

    private Silent late() {
        return new Silent(false, "it did not answer within " + patience.toSeconds() + " s");
    }

    private Reply ask(String path) {
        try {
            var connection = (HttpURLConnection) URI.create(url(path)).toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout((int) patience.toMillis());
            connection.setReadTimeout((int) patience.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Accept", "application/json, text/plain");
            try {
                var status = connection.getResponseCode();
                return status < 0 ? new Silent(false, "it does not speak HTTP") : new Said(status, body(connection));
            } finally {
                connection.disconnect();
            }
        } catch (ConnectException e) {
            return new Silent(true, "nobody listens");
        } catch (SocketTimeoutException e) {
            return late();
        } catch (IOException | IllegalArgumentException e) {
            return new Silent(false, "no answer of HTTP: " + e.getMessage());
        }
    }

    private static String body(HttpURLConnection connection) throws IOException {
        var isError = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
        InputStream in = isError ? connection.getErrorStream() : connection.getInputStream();
        if (in == null) {
            return "";
        }
        try (in) {
            var held = new ByteArrayOutputStream();
            var buffer = new byte[BUFFER];
            for (var read = 0;
                    read >= 0 && held.size() < MOST && !Thread.currentThread().isInterrupted(); ) {
                held.write(buffer, 0, read);
                read = in.read(buffer);
            }
            return held.toString(StandardCharsets.UTF_8);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
