/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.libpod;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.testkit.RuntimeFixture;
import io.diskguard.testkit.RuntimeResolverTck;
import java.util.Optional;

class LibpodResolverTckTest extends RuntimeResolverTck {
    @Override
    protected RuntimeFixture openFixture() {
        return new OnSimulatedHost();
    }

    private static final class OnSimulatedHost implements RuntimeFixture {
        private final SimulatedNode host = SimulatedNode.v2();
        private final Podman podman = new Podman(host);
        private final RuntimeResolver resolver = podman.resolver();

        @Override
        public RuntimeResolver resolver() {
            return resolver;
        }

        @Override
        public ContainerId start() {
            return podman.run("web", "docker.io/library/nginx:1");
        }

        @Override
        public CgroupPath cgroupOf(ContainerId running) {
            return podman.cgroupOf(running);
        }

        @Override
        public Optional<ContainerId> sandbox() {
            return Optional.of(podman.run("f00d-infra", "localhost/podman-pause:4.3.1-0", Optional.of("f00d")));
        }

        @Override
        public void remove(ContainerId container) {
            podman.remove(container);
        }

        @Override
        public boolean disconnect() {
            podman.spoil();
            return true;
        }

        @Override
        public void close() {
            resolver.close();
            host.close();
        }
    }
}
