/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.MountRef;
import io.diskguard.spi.PodCgroups.ContainerCgroup;
import io.diskguard.spi.RuntimeResolver.Resolution.Found;
import io.diskguard.spi.RuntimeResolver.Resolution.Unknown;
import io.diskguard.spi.Support;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a docker daemon of its own, where we are root and one is installed; else skipped. */
class RealDockerPodSourceTest {
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

    @Test
    void aContainerIsFollowedFromCreationToRemoval() {
        try (var followed = new Followed(docker.environment())) {
            var id = docker.docker(
                    "create",
                    "--network=none",
                    "--name=web",
                    "--label=iops-limit/read-iops=100",
                    "--cgroup-parent=" + RealCgroups.PARENT,
                    "--volume=disk:/data",
                    "box",
                    "/bin/sleep",
                    "1000");
            followed.await(() -> followed.pod(id).isPresent());
            assertThat(cgroup(followed, id)).isEmpty();

            docker.docker("start", id);
            followed.await(() -> followed.runs(id));
            var pod = followed.pod(id).orElseThrow();
            assertThat(pod.fullName()).isEqualTo("docker/web");
            assertThat(pod.annotations()).containsEntry("iops-limit/read-iops", "100");
            assertThat(pod.containers())
                    .flatExtracting(Container::mounts)
                    .containsExactly(new MountRef("disk", "/data", false));
            var path = new CgroupPath(RealCgroups.PARENT + "/" + id);
            assertThat(cgroup(followed, id)).contains(path);
            assertThat(followed.source().cgroups().containersOf(pod)).containsExactly(new ContainerCgroup(path, id));

            followed.appeared().clear();
            docker.docker("restart", "--time=0", id);
            // what of the stop is heard late may still come in between
            followed.await(() ->
                    followed.appeared().contains(id) && cgroup(followed, id).equals(Optional.of(path)));

            docker.docker("rename", "web", "site");
            followed.await(() -> followed.pod(id).orElseThrow().name().equals("site"));

            docker.docker("kill", id);
            followed.await(() -> !followed.runs(id));

            docker.docker("rm", "--volumes", id);
            followed.await(() -> followed.pod(id).isEmpty());
        }
    }

    @Test
    void aDaemonThatIsKilledAndStartedAgainIsFollowedOn() {
        var id = docker.run("--name=survivor", "--cgroup-parent=" + RealCgroups.PARENT);
        try (var followed = new Followed(docker.environment());
                var resolver = DockerResolver.in(docker.environment(), Ids.PATIENT)) {
            followed.await(() -> followed.runs(id));
            var before = resolver.resolve(new ContainerId("docker", id));
            assertThat(before).isInstanceOf(Found.class);

            docker.kill();
            followed.await(() -> !followed.complete());
            assertThat(followed.runs(id)).as("nothing is forgotten").isTrue();
            assertThat(cgroup(followed, id)).as("known without the daemon").isPresent();
            assertThat(resolver.resolve(new ContainerId("docker", id))).isInstanceOf(Unknown.class);

            docker.start();
            var next = docker.run("--name=next", "--cgroup-parent=" + RealCgroups.PARENT);
            followed.await(() -> followed.runs(next));
            assertThat(followed.complete()).isTrue();
            assertThat(followed.runs(id)).isTrue();
            assertThat(resolver.resolve(new ContainerId("docker", id))).isEqualTo(before);
        }
    }

    @Test
    void theDaemonIsTakenForOne() {
        assertThat(new DockerResolverFactory().probe(docker.environment())).isEqualTo(Support.supported());
    }

    private static Optional<CgroupPath> cgroup(Followed followed, String id) {
        return followed.source().cgroups().find(followed.pod(id).orElseThrow(), new ContainerId("docker", id));
    }
}
