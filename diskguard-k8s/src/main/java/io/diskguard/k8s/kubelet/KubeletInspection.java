/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.config.KubeletSettings;
import io.diskguard.k8s.PodListReader;
import io.diskguard.k8s.Told;
import io.diskguard.model.Pod;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Asks a kubelet once, in bounded time. Thread-safe. */
public final class KubeletInspection implements AutoCloseable {
    private static final String METRICS = "/metrics/cadvisor";
    private static final long MOST = 512L << 20;

    private final KubeletClient client;

    private KubeletInspection(KubeletClient client) {
        this.client = client;
    }

    /**
     * Nothing is asked yet.
     *
     * @param patience for a connection, and for an answer
     */
    public static KubeletInspection open(KubeletSettings settings, Duration patience) {
        return open(settings, patience, Material.SERVICE_ACCOUNT);
    }

    static KubeletInspection open(KubeletSettings settings, Duration patience, Path serviceAccount) {
        return new KubeletInspection(new KubeletClient(
                () -> settings,
                serviceAccount,
                new KubeletClient.Patience(patience, patience, patience),
                warning -> {}));
    }

    /** Where it is asked, for people. */
    public String where() {
        return client.server();
    }

    /** The pods that it has of the node. */
    public Told<List<Pod>> pods(String node) {
        return told(client.get(
                KubeletPods.PATH,
                "application/json",
                MOST,
                in -> List.copyOf(
                        new PodListReader().read(in, node, uid -> null).byUid().values())));
    }

    /** Whether it tells its counters: the number of their bytes. */
    public Told<Long> metrics() {
        return told(client.get(METRICS, "text/plain", MOST, in -> in.transferTo(OutputStream.nullOutputStream())));
    }

    @Override
    public void close() {
        client.close();
    }

    private static <T> Told<T> told(Reply<T> reply) {
        if (reply instanceof Reply.Good<T> good) {
            return new Told.Known<>(good.value());
        }
        return new Told.Unknown<>(((Reply.Bad<T>) reply).reason());
    }
}
