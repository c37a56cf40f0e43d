/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.diskguard.model.PodRef;
import io.diskguard.spi.StateStore;
import io.diskguard.testkit.StateStoreFixture;
import io.diskguard.testkit.StateStoreTck;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;

class KubernetesStateStoreTckTest extends StateStoreTck {
    @TempDir
    Path directory;

    @Override
    protected StateStoreFixture openFixture() {
        return new OfCluster(directory);
    }

    private static final class OfCluster implements StateStoreFixture {
        private final Cluster cluster;
        private final KubernetesPods pods;
        private final StateStore store;

        OfCluster(Path directory) {
            cluster = new Cluster(directory);
            pods = cluster.access.pods(Cluster.NODE, Optional.empty());
            store = cluster.access.stateStore(pods, key -> key.startsWith("iops-limit/"));
            cluster.until(
                    "the first list", () -> pods.isSynced() && pods.trouble().isEmpty());
        }

        @Override
        public StateStore store() {
            return store;
        }

        @Override
        public PodRef put(String name) {
            return new PodRef(cluster.put(name, Map.of("other/key", "kept")), "default", name);
        }

        @Override
        public void until(String what, BooleanSupplier condition) {
            cluster.until(what, condition::getAsBoolean);
        }

        @Override
        public void close() {
            store.close();
            pods.close();
            cluster.close();
        }
    }
}
