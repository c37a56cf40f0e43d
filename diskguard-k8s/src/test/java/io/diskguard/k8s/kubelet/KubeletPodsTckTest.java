/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.k8s.ManualTimer;
import io.diskguard.reconcile.Backoff;
import io.diskguard.simulator.ManualClock;
import io.diskguard.spi.PodSource;
import io.diskguard.testkit.PodSourceFixture;
import io.diskguard.testkit.PodSourceTck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

class KubeletPodsTckTest extends PodSourceTck {
    @TempDir
    Path directory;

    @Override
    protected PodSourceFixture openFixture() {
        return new OfKubelet(directory);
    }

    private static final class OfKubelet implements PodSourceFixture {
        private final Kubelets kubelets;
        private final KubeletPods source;
        private final Map<String, String> pods = new TreeMap<>();

        OfKubelet(Path directory) {
            kubelets = new Kubelets(directory);
            var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), new Random(1));
            source = new KubeletPods(
                    kubelets.client, "node-1", Duration.ofSeconds(1), new ManualTimer(new ManualClock()), backoff);
        }

        @Override
        public PodSource source() {
            return source;
        }

        @Override
        public String put(String name, Map<String, String> annotations) {
            var texts = annotations.entrySet().stream()
                    .map(entry -> "\"" + entry.getKey() + "\": \"" + entry.getValue() + "\"")
                    .collect(Collectors.joining(", "));
            pods.put(name, KubeletPodsTest.pod(name, "uid-" + name, texts));
            poll();
            return "uid-" + name;
        }

        @Override
        public void remove(String name) {
            pods.remove(name);
            poll();
        }

        @Override
        public boolean neverHeard() {
            kubelets.server.close();
            source.poll();
            return !source.isSynced();
        }

        @Override
        public void close() {
            source.close();
            kubelets.close();
        }

        private void poll() {
            kubelets.server.answer(
                    "/pods", 200, KubeletPodsTest.list(pods.values().toArray(String[]::new)));
            source.poll();
        }
    }
}
