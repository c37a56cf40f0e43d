/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.spi.PodCgroups;
import io.diskguard.testkit.PodCgroupsFixture;
import io.diskguard.testkit.PodCgroupsTck;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class DockerPodCgroupsTckTest extends PodCgroupsTck {
    private static final String WITNESS = Ids.id(0);

    @TempDir
    Path directory;

    @Override
    protected PodCgroupsFixture openFixture() {
        var daemon = new FakeDaemon(directory).start();
        daemon.create(FakeContainer.named(WITNESS, "witness"));
        var followed = new Followed(daemon.environment());
        followed.await(() -> followed.pod(WITNESS).isPresent());
        return new Fixture(daemon, followed);
    }

    private record Fixture(FakeDaemon daemon, Followed followed) implements PodCgroupsFixture {
        @Override
        public PodCgroups podCgroups() {
            return followed.source().cgroups();
        }

        @Override
        public CgroupPath start(Pod pod, ContainerId container) {
            var path = daemon.run(FakeContainer.named(container.id(), "k8s_c" + container.id())
                    .withLabels(Map.of("io.kubernetes.pod.uid", pod.cgroupUid())));
            followed.await(() -> podCgroups().containersOf(pod).stream()
                    .anyMatch(one -> one.id().equals(container.id())));
            return path;
        }

        @Override
        public void stop(Pod pod, ContainerId container) {
            daemon.remove(container.id());
        }

        @Override
        public boolean tells() {
            return true;
        }

        @Override
        public void close() {
            followed.close();
            daemon.close();
        }
    }
}
