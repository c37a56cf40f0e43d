/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.testkit.RuntimeFixture;
import io.diskguard.testkit.RuntimeResolverTck;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class DockerResolverTckTest extends RuntimeResolverTck {
    @TempDir
    Path directory;

    @Override
    protected RuntimeFixture openFixture() {
        return new Fixture(new FakeDaemon(directory).start());
    }

    private static final class Fixture implements RuntimeFixture {
        private final FakeDaemon daemon;
        private final RuntimeResolver resolver;
        private final Map<ContainerId, CgroupPath> cgroups = new HashMap<>();

        private Fixture(FakeDaemon daemon) {
            this.daemon = daemon;
            this.resolver = DockerResolver.in(daemon.environment(), Ids.PATIENT);
        }

        @Override
        public RuntimeResolver resolver() {
            return resolver;
        }

        @Override
        public ContainerId start() {
            return start("c", Map.of());
        }

        private ContainerId start(String name, Map<String, String> labels) {
            var id = Ids.id(cgroups.size());
            var cgroup =
                    daemon.run(FakeContainer.named(id, name + cgroups.size()).withLabels(labels));
            cgroups.put(new ContainerId("docker", id), cgroup);
            return new ContainerId("docker", id);
        }

        @Override
        public CgroupPath cgroupOf(ContainerId running) {
            return cgroups.get(running);
        }

        @Override
        public Optional<ContainerId> sandbox() {
            return Optional.of(start("k8s_POD_web_", Map.of("io.kubernetes.docker.type", "podsandbox")));
        }

        @Override
        public void remove(ContainerId container) {
            daemon.remove(container.id());
        }

        @Override
        public boolean disconnect() {
            daemon.stop();
            return true;
        }

        @Override
        public void close() {
            resolver.close();
            daemon.close();
        }
    }
}
