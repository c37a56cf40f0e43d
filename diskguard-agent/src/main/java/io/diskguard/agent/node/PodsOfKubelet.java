/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.agent.exchange.Exchange;
import io.diskguard.agent.exchange.SwitchedPods;
import io.diskguard.config.GuardConfig;
import io.diskguard.k8s.kubelet.KubeletClient;
import io.diskguard.k8s.kubelet.KubeletPods;
import io.diskguard.spi.Environment;
import io.diskguard.spi.PodSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** The node's pods from its kubelet, wherever the configuration says that it is. Thread-safe. */
final class PodsOfKubelet implements Exchangeable {
    private final String node;
    private final ScheduledExecutorService later;
    private final SwitchedPods source;
    private volatile Asked asked;

    PodsOfKubelet(GuardConfig config, String node, ScheduledExecutorService later) {
        this.node = node;
        this.later = later;
        asked = ask(config);
        source = new SwitchedPods(asked);
    }

    PodSource source() {
        return source;
    }

    Optional<String> trouble() {
        return asked.pods().trouble();
    }

    String teller() {
        return "the kubelet at " + asked.client().server();
    }

    @Override
    public Exchange exchange(Environment environment, GuardConfig before, GuardConfig next) {
        if (before.kubernetes().kubelet().equals(next.kubernetes().kubelet())
                && before.checkInterval().equals(next.checkInterval())) {
            return Exchange.NONE;
        }
        var client = KubeletClient.open(next.kubernetes().kubelet());
        var other = new Asked(client, KubeletPods.startAfter(asked.pods(), client, node, next.checkInterval(), later));
        var exchange = source.to(other);
        return new Exchange() {
            @Override
            public void put() {
                exchange.put();
                asked = other;
            }

            @Override
            public void finish() {
                exchange.finish();
            }

            @Override
            public void discard() {
                exchange.discard();
            }
        };
    }

    private Asked ask(GuardConfig config) {
        var client = KubeletClient.open(config.kubernetes().kubelet());
        return new Asked(client, KubeletPods.start(client, node, config.checkInterval(), later));
    }

    /** A kubelet that is asked; closing it ends that. */
    private record Asked(KubeletClient client, KubeletPods pods) implements PodSource {
        @Override
        public Snapshot snapshot() {
            return pods.snapshot();
        }

        @Override
        public void onChange(Consumer<String> uid) {
            pods.onChange(uid);
        }

        @Override
        public void close() {
            pods.close();
            client.close();
        }
    }
}
