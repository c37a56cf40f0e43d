/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.diskguard.config.KubernetesSettings;
import io.diskguard.model.Pod;
import io.diskguard.reconcile.Backoff;
import io.diskguard.spi.Environment;
import io.diskguard.spi.StateStore;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;

/** A connection to the cluster's API server, and what is done over it. Close what it made before it. Thread-safe. */
public final class KubernetesAccess implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int CONNECT_MILLIS = 10_000;
    private static final int WATCH_PAUSE_MILLIS = 1_000;

    private final KubernetesClient client;
    private final Transport transport;
    private final Environment environment;
    private final Timer timer;
    private final Backoff backoff;
    private final Bounds bounds;

    private KubernetesAccess(
            KubernetesClient client, Transport transport, Environment environment, Timer timer, Bounds bounds) {
        this.environment = environment;
        this.client = client;
        this.transport = transport;
        this.timer = timer;
        // shared by all that is made here, and what they do is done by several threads
        this.backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, KubernetesAccess::chance);
        this.bounds = bounds;
    }

    /**
     * With the kubeconfig that the settings name, else as the service account of the pod that this process runs in.
     * Nothing is asked of the API server yet.
     *
     * @param executor does what is done later: retries, writing the snapshot; not closed with this
     * @throws KubernetesAccessException if there is neither
     */
    public static KubernetesAccess open(
            KubernetesSettings settings, Environment environment, ScheduledExecutorService executor)
            throws KubernetesAccessException {
        return open(
                Credentials.find(settings, environment.variables(), Credentials.SERVICE_ACCOUNT),
                environment,
                Timer.on(executor),
                Bounds.USUAL);
    }

    static KubernetesAccess open(KubernetesSettings settings, Environment environment, Path serviceAccount, Timer timer)
            throws KubernetesAccessException {
        return open(settings, environment, serviceAccount, timer, Bounds.USUAL);
    }

    static KubernetesAccess open(
            KubernetesSettings settings, Environment environment, Path serviceAccount, Timer timer, Bounds bounds)
            throws KubernetesAccessException {
        return open(Credentials.find(settings, environment.variables(), serviceAccount), environment, timer, bounds);
    }

    private static KubernetesAccess open(Config found, Environment environment, Timer timer, Bounds bounds)
            throws KubernetesAccessException {
        var transport = new Transport();
        var client = client(found, transport, CONNECT_MILLIS, bounds);
        return new KubernetesAccess(client, transport, environment, timer, bounds);
    }

    private static long chance() {
        return ThreadLocalRandom.current().nextLong();
    }

    /** One that asks nothing yet. */
    static KubernetesClient client(Config found, Transport transport, int connectMillis, Bounds bounds)
            throws KubernetesAccessException {
        var config = new ConfigBuilder(found)
                .withConnectionTimeout(connectMillis)
                .withRequestTimeout(bounds.millis())
                // The API server ends an HTTP/2 connection with its 401 (UnauthenticatedHTTP2DOSMitigation) and by
                // chance
                // (--goaway-chance): the JDK's client then tells of a GOAWAY and keeps the answer to itself.
                .withHttp2Disable(true)
                // Tried again by us, with jitter.
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectLimit(-1)
                // Doubled by the client without chance in it: so the nodes of a cluster differ in where they begin.
                .withWatchReconnectInterval(
                        WATCH_PAUSE_MILLIS / 2 + ThreadLocalRandom.current().nextInt(WATCH_PAUSE_MILLIS))
                .build();
        try {
            var http = transport
                    .newBuilder(config)
                    .addOrReplaceInterceptor(NoPlainWatch.NAME, new NoPlainWatch())
                    .addOrReplaceInterceptor(AskForGzip.NAME, new AskForGzip())
                    .addOrReplaceInterceptor(LetGo.NAME, new LetGo(bounds))
                    .build();
            // KubernetesClientBuilder would first set up the serialization of all that the client can do.
            return new KubernetesClientImpl(http, config, new Tasks(), SlimSerialization.within(bounds));
        } catch (KubernetesClientException e) {
            throw new KubernetesAccessException(
                    "the API server's certificate authority or the client's certificate cannot be used: "
                            + e.getClass().getSimpleName());
        }
    }

    /** Where the API server is. */
    public String server() {
        return String.valueOf(client.getMasterUrl());
    }

    /** Begins to list and watch the pods of a node. */
    public KubernetesPods pods(String node, Optional<PodSnapshotStore> store) {
        var pods = new KubernetesPods(
                client, node, store, timer, backoff, bounds.patience().multipliedBy(2));
        pods.start();
        return pods;
    }

    /**
     * State in the annotations of pods.
     *
     * @param pods read from
     * @param own which annotation keys are this agent's: no other is read or written
     */
    public StateStore stateStore(KubernetesPods pods, Predicate<String> own) {
        return stateStore(pods::find, own);
    }

    /**
     * State in the annotations of pods that something else than this tells.
     *
     * @param pods the pod of a uid, read from
     * @param own which annotation keys are this agent's: no other is read or written
     */
    public StateStore stateStore(Function<String, Optional<Pod>> pods, Predicate<String> own) {
        return new KubernetesStateStore(new Api(client, bounds.patience()), pods, own, timer, backoff);
    }

    /** Events of the node and of its pods. */
    public KubernetesEvents events(String node) {
        return new KubernetesEvents(
                new Api(client, bounds.patience()),
                node,
                new EventSeries(node, environment.ticker()),
                environment.clock(),
                timer,
                backoff);
    }

    @Override
    public void close() {
        client.close();
        transport.close();
    }
}
