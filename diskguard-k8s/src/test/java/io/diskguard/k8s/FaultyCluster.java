/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.simulator.ManualClock;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.testkit.wire.Fault;
import io.diskguard.testkit.wire.FaultyServer;
import io.diskguard.testkit.wire.Peer;
import io.diskguard.testkit.wire.Reply;
import io.diskguard.testkit.wire.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An API server each of whose operations can be given a fault, and the agent's access to it. */
final class FaultyCluster implements Peer<ApiOperation>, AutoCloseable {
    /** Of the access; what is due later waits for the clock, which {@link #until} turns. */
    private static final Duration HASTY = Duration.ofMillis(250);

    private static final Duration PATIENT = Duration.ofSeconds(20);

    private static final Duration TURN = Duration.ofSeconds(5);

    final ManualClock clock = new ManualClock();
    final ManualTimer timer = new ManualTimer(clock);
    final FaultyServer<ApiOperation> server = FaultyServer.onLoopback(this, Optional.empty());
    final KubernetesAccess access;
    private final Duration patience;
    private final Map<String, JsonNode> pods = new TreeMap<>();
    private final Path kubeconfig;
    private final Queue<CompletableFuture<Void>> held = new ConcurrentLinkedQueue<>();
    private volatile String raw = "";
    private volatile Function<String, Reply> form = list -> Reply.json(200, list);
    private long version = 100;

    /** For faults of any kind: whoever asks gives up soon, also a good answer that is late on a busy machine. */
    FaultyCluster(Path directory) {
        this(directory, HASTY);
    }

    /** For that fault: whoever asks gives up soon where it says nothing, else waits. */
    FaultyCluster(Path directory, Fault fault) {
        this(directory, fault.isSilence() ? HASTY : PATIENT);
    }

    private FaultyCluster(Path directory, Duration patience) {
        this.patience = patience;
        kubeconfig = directory.resolve("kubeconfig");
        Cluster.write(kubeconfig, """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters:
                - {name: test, cluster: {server: "http://127.0.0.1:%d"}}
                contexts:
                - {name: test, context: {cluster: test, user: test}}
                users:
                - {name: test, user: {token: very-secret-token}}
                """.formatted(server.port()));
        try {
            access = KubernetesAccess.open(
                    Cluster.settings(Optional.of(kubeconfig)),
                    environment(),
                    directory,
                    timer,
                    new Bounds(patience, 1 << 20));
        } catch (KubernetesAccessException e) {
            throw new AssertionError(e);
        }
    }

    ClusterInspection inspection() {
        try {
            return ClusterInspection.open(Cluster.settings(Optional.of(kubeconfig)), environment(), patience);
        } catch (KubernetesAccessException e) {
            throw new AssertionError(e);
        }
    }

    private Environment environment() {
        return new Environment(HostPaths.host(), clock, clock, Map.of());
    }

    /** Makes it or puts it in the place of the one of that key, and tells who watches. */
    void put(String key, JsonNode pod) {
        String event;
        synchronized (pods) {
            var type = pods.put(key, pod) == null ? "ADDED" : "MODIFIED";
            ((ObjectNode) pod.get("metadata")).put("resourceVersion", String.valueOf(++version));
            event = "{\"type\":\"" + type + "\",\"object\":" + pod + "}";
        }
        server.push(ApiOperation.WATCH_PODS, Reply.frame(event));
    }

    void put(String name, Map<String, String> annotations) {
        put(name, Cluster.pod(name, "uid-" + name, annotations));
    }

    /** Nobody is told. */
    void forget(String name) {
        synchronized (pods) {
            pods.remove(name);
        }
    }

    /** As after a restore of its database. */
    void versionMovesBackTo(long earlier) {
        synchronized (pods) {
            version = earlier;
        }
    }

    /** Ends each watch as one that is too old, and so has the pods listed anew. */
    void expire() {
        server.push(
                ApiOperation.WATCH_PODS,
                Reply.frame(
                        "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\","
                                + "\"reason\":\"Expired\",\"message\":\"too old resource version\",\"code\":410}}"));
    }

    /** Waits for what comes over a socket; what waits for the clock is turned on meanwhile. */
    void until(String what, Callable<Boolean> condition) {
        await(what)
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    timer.advance(TURN);
                    return condition.call();
                });
    }

    @Override
    public Optional<ApiOperation> operation(Request request) {
        return ApiOperation.of(request);
    }

    @Override
    public Reply answer(ApiOperation operation, Request request) {
        return switch (operation) {
            case LIST_PODS -> {
                var list = list();
                var release = held.poll();
                if (release != null) {
                    release.join();
                }
                yield form.apply(list);
            }
            case WATCH_PODS -> Reply.webSocket(request);
            case PATCH_POD -> Reply.json(200, "{\"kind\":\"Pod\"}");
            case PATCH_EVENT -> Reply.json(200, "{\"kind\":\"Event\"}");
            case CREATE_EVENT -> Reply.json(201, request.body());
            case GET_VERSION -> Reply.json(200, "{\"gitVersion\":\"v1.30.0\"}");
            case REVIEW_ACCESS -> Reply.json(201, "{\"status\":{\"allowed\":true,\"reason\":\"RBAC\"}}");
            case REVIEW_SELF -> Reply.json(201, "{\"status\":{\"userInfo\":{\"username\":\"agent\"}}}");
        };
    }

    /** The next list is answered, as it was when it was asked for, when the future is completed. */
    CompletableFuture<Void> holdTheNextList() {
        var release = new CompletableFuture<Void>();
        held.add(release);
        return release;
    }

    /** An item of each list beside the others; empty for none. */
    void raw(String item) {
        raw = item;
    }

    /** How lists are answered, given their text. */
    void listsAre(Function<String, Reply> form) {
        this.form = form;
    }

    private String list() {
        synchronized (pods) {
            return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"" + version
                    + "\"},\"items\":["
                    + pods.values().stream().map(JsonNode::toString).collect(Collectors.joining(","))
                    + (raw.isEmpty() ? "" : "," + raw) + "]}";
        }
    }

    @Override
    public void close() {
        access.close();
        server.close();
    }
}
