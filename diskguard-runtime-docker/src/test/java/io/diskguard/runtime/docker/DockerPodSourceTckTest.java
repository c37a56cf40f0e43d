/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.spi.PodSource;
import io.diskguard.testkit.PodSourceFixture;
import io.diskguard.testkit.PodSourceTck;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Containers with the labels of pods; the daemon starts with the first of them. */
class DockerPodSourceTckTest extends PodSourceTck {
    @TempDir
    Path directory;

    @Override
    protected PodSourceFixture openFixture() {
        return new Fixture(new FakeDaemon(directory));
    }

    private static final class Fixture implements PodSourceFixture {
        private final FakeDaemon daemon;
        private final Followed followed;
        private final Map<String, String> ids = new HashMap<>();
        private int made;

        private Fixture(FakeDaemon daemon) {
            this.daemon = daemon;
            this.followed = new Followed(daemon.environment());
        }

        @Override
        public PodSource source() {
            return followed.source();
        }

        @Override
        public String put(String name, Map<String, String> annotations) {
            var labels = new HashMap<>(annotations);
            labels.put("io.kubernetes.pod.uid", "uid-of-" + name);
            labels.put("io.kubernetes.pod.namespace", "default");
            labels.put("io.kubernetes.pod.name", name);
            labels.put("io.kubernetes.container.name", "app");
            var id = Ids.id(++made);
            daemon.run(FakeContainer.named(id, "k8s_app_" + name + made).withLabels(labels));
            Optional.ofNullable(ids.put(name, id)).ifPresent(daemon::remove);
            if (made == 1) {
                daemon.start();
            }
            return "uid-of-" + name;
        }

        @Override
        public void remove(String name) {
            daemon.remove(ids.remove(name));
        }

        @Override
        public boolean neverHeard() {
            return true;
        }

        @Override
        public void close() {
            followed.close();
            daemon.close();
        }
    }
}
