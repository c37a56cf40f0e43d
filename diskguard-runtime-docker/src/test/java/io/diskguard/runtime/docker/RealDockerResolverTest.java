/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.RuntimeResolver.BlockNode;
import io.diskguard.spi.RuntimeResolver.Resolution.Found;
import io.diskguard.testkit.RuntimeFixture;
import io.diskguard.testkit.RuntimeResolverTck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a docker daemon of its own, where we are root and one is installed; else skipped. */
class RealDockerResolverTest extends RuntimeResolverTck {
    @TempDir
    static Path directory;

    private static RealDocker docker;

    @BeforeAll
    static void startDocker() {
        docker = RealDocker.open(directory);
    }

    @AfterAll
    static void stopDocker() {
        if (docker != null) {
            docker.close();
        }
    }

    @Override
    protected RuntimeFixture openFixture() {
        return new Fixture();
    }

    @Test
    void aBlockDeviceThatItWasGivenIsTold() throws IOException {
        var node = HostPaths.host().dev().resolve("loop0");
        assumeTrue(Files.exists(node), "the host has no loop device");
        var number = Files.readString(HostPaths.host().sys().resolve("class/block/loop0/dev"))
                .strip();
        try (var resolver = DockerResolver.in(docker.environment(), Ids.PATIENT)) {
            var id = docker.run("--device=" + node + ":/dev/xvda", "--device=/dev/null:/dev/nothing");
            try {
                assertThat(((Found) resolver.resolve(new ContainerId("docker", id))).devices())
                        .contains(List.of(new BlockNode(
                                "/dev/xvda", DeviceId.parse(number).orElseThrow())));
            } finally {
                docker.docker("rm", "--force", id);
            }
        }
    }

    private static final class Fixture implements RuntimeFixture {
        private final RuntimeResolver resolver = DockerResolver.in(docker.environment(), Ids.PATIENT);
        private final List<String> started = new ArrayList<>();
        private boolean hidden;

        @Override
        public RuntimeResolver resolver() {
            return resolver;
        }

        @Override
        public ContainerId start() {
            return run();
        }

        private ContainerId run(String... options) {
            var id = docker.run(options);
            started.add(id);
            return new ContainerId("docker", id);
        }

        @Override
        public CgroupPath cgroupOf(ContainerId running) {
            return new CgroupPath("/docker/" + running.id());
        }

        @Override
        public Optional<ContainerId> sandbox() {
            return Optional.of(run("--name=k8s_POD_web", "--label=io.kubernetes.docker.type=podsandbox"));
        }

        @Override
        public void remove(ContainerId container) {
            docker.docker("rm", "--force", container.id());
            started.remove(container.id());
        }

        @Override
        public boolean disconnect() {
            docker.hide(true);
            hidden = true;
            return true;
        }

        @Override
        public void close() {
            if (hidden) {
                docker.hide(false);
            }
            resolver.close();
            started.forEach(id -> docker.docker("rm", "--force", id));
        }
    }
}
