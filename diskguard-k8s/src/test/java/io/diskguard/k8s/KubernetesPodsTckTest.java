/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.diskguard.spi.PodSource;
import io.diskguard.testkit.PodSourceFixture;
import io.diskguard.testkit.PodSourceTck;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class KubernetesPodsTckTest extends PodSourceTck {
    @TempDir
    Path directory;

    @Override
    protected PodSourceFixture openFixture() {
        return new OfCluster(directory);
    }

    private static final class OfCluster implements PodSourceFixture {
        private final Cluster cluster;
        private final KubernetesPods source;

        OfCluster(Path directory) {
            cluster = new Cluster(directory);
            source = cluster.access.pods(Cluster.NODE, Optional.empty());
        }

        @Override
        public PodSource source() {
            return source;
        }

        @Override
        public String put(String name, Map<String, String> annotations) {
            return cluster.put(name, annotations);
        }

        @Override
        public void remove(String name) {
            cluster.api.remove("default/" + name);
        }

        @Override
        public boolean neverHeard() {
            cluster.relay.takeAway();
            return !source.isSynced();
        }

        @Override
        public void close() {
            source.close();
            cluster.close();
        }
    }
}
