/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.spi.RuntimeResolver.Resolution.Found;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerPodSourceTest {
    private static final String WEB = Ids.id(1);
    private static final String SHOP = Ids.id(2);

    @TempDir
    Path directory;

    private FakeDaemon daemon;

    @BeforeEach
    void open() {
        daemon = new FakeDaemon(directory).start();
    }

    @AfterEach
    void close() {
        daemon.close();
    }

    @Test
    void aContainerIsAPodAndItsLabelsAreItsAnnotations() {
        var labels = Map.of("iops-limit/read-iops", "100");
        var mounts = new TreeMap<>(Map.of("/srv/web", "/www", "data", "/data", "/dev/sdb", "/dev/xvda"));
        daemon.run(FakeContainer.named(WEB, "web").withLabels(labels).withMounts(mounts));

        try (var followed = follow()) {
            followed.await(() -> followed.pod(WEB).isPresent());

            assertThat(followed.pods())
                    .containsExactly(new Pod(
                            WEB,
                            "docker",
                            "web",
                            QosClass.BEST_EFFORT,
                            labels,
                            labels,
                            List.of(new Container(
                                    "web",
                                    "busybox",
                                    ContainerKind.MAIN,
                                    Optional.of(new ContainerId("docker", WEB)),
                                    List.of(
                                            new MountRef("/srv/web", "/www", false),
                                            new MountRef("data", "/data", false),
                                            new MountRef("/dev/sdb", "/dev/xvda", true))))));
            assertThat(followed.complete()).isTrue();
        }
    }

    @Test
    void aContainersLifeIsFollowed() {
        try (var followed = followWitness()) {
            daemon.create(FakeContainer.named(WEB, "web"));
            followed.await(() -> followed.pod(WEB).isPresent());
            assertThat(followed.runs(WEB)).as("no id before there is a cgroup").isFalse();

            var cgroup = daemon.start(WEB);
            followed.await(() -> followed.runs(WEB));
            assertThat(cgroup(followed)).contains(cgroup);

            daemon.change(WEB, "rename", web -> web.withName("website"));
            followed.await(() -> followed.pod(WEB).orElseThrow().name().equals("website"));

            daemon.die(WEB);
            followed.await(() -> !followed.runs(WEB));
            assertThat(cgroup(followed)).isEmpty();

            daemon.start(WEB);
            followed.await(() -> followed.runs(WEB));

            daemon.remove(WEB);
            followed.await(() -> followed.pod(WEB).isEmpty());
            assertThat(daemon.lists()).as("events tell all of it").isEqualTo(1);
        }
    }

    @Test
    void aContainerThatStartsWhileTheListIsMadeIsNotLost() {
        daemon.run(FakeContainer.named(WEB, "web"));
        daemon.beforeList(() -> {
            daemon.run(FakeContainer.named(SHOP, "shop"));
            daemon.remove(WEB);
        });

        try (var followed = follow()) {
            followed.await(() -> followed.runs(SHOP) && followed.pod(WEB).isEmpty());
        }
    }

    @Test
    void manyThatStartWhileWeBeginAreAllThere() throws InterruptedException {
        var starting = new Thread(() -> {
            for (var number = 100; number < 160; number++) {
                daemon.run(FakeContainer.named(Ids.id(number), "c" + number));
            }
        });
        starting.start();
        try (var followed = follow()) {
            followed.await(() -> followed.pods().stream()
                            .filter(pod -> followed.runs(pod.uid()))
                            .count()
                    == 60);
        } finally {
            starting.join();
        }
    }

    @Test
    void aResyncFindsWhatNoEventToldOf() {
        try (var followed = followWitness()) {
            daemon.mute(() -> daemon.run(FakeContainer.named(WEB, "web")));

            followed.source().cgroups().refresh();

            followed.await(() -> followed.runs(WEB));
        }
    }

    @Test
    void aPodOfKubernetesIsOneWithItsSandboxsAnnotationsAndWithoutItsDeadAttempts() {
        var labels = Map.of("io.kubernetes.pod.uid", "u1", "io.kubernetes.pod.name", "web-0");
        var app = new TreeMap<>(labels);
        app.put("io.kubernetes.container.name", "app");
        var sandbox = new TreeMap<>(labels);
        sandbox.put("io.kubernetes.container.name", "POD");
        sandbox.put("io.kubernetes.docker.type", "podsandbox");
        sandbox.put("annotation.iops-limit/iops", "70");
        daemon.run(FakeContainer.named(Ids.id(3), "k8s_app_0").withLabels(app));
        daemon.create(FakeContainer.named(Ids.id(4), "k8s_app_1").withLabels(app));
        daemon.run(FakeContainer.named(Ids.id(5), "k8s_POD_web-0").withLabels(sandbox));
        try (var followed = follow()) {
            followed.await(() -> followed.pod("u1").isPresent());

            var pod = followed.pod("u1").orElseThrow();
            assertThat(pod.fullName()).isEqualTo("docker/web-0");
            assertThat(pod.annotations()).containsEntry("iops-limit/iops", "70");
            assertThat(pod.containers())
                    .extracting(
                            Container::name,
                            container -> container.id().orElseThrow().id())
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("app", Ids.id(3)));
        }
    }

    @Test
    void anImageCannotMakeItsContainerASandboxOrAPartOfAPod() {
        var labels = new TreeMap<>(Map.of(
                "io.kubernetes.docker.type", "podsandbox",
                "io.kubernetes.pod.uid", "another",
                "io.kubernetes.container.name", "istio-proxy"));
        daemon.run(FakeContainer.named(WEB, "web").withLabels(labels));
        try (var followed = follow();
                var resolver = DockerResolver.in(daemon.environment(), Ids.PATIENT)) {
            followed.await(() -> followed.runs(WEB));

            assertThat(followed.pod(WEB).orElseThrow().containers())
                    .extracting(Container::name)
                    .containsExactly("web");
            assertThat(resolver.resolve(new ContainerId("docker", WEB)))
                    .isInstanceOfSatisfying(
                            Found.class, found -> assertThat(found.sandbox()).isFalse());
        }
    }

    private Followed follow() {
        return new Followed(daemon.environment());
    }

    /** So that the first list is over when the test begins. */
    private Followed followWitness() {
        daemon.create(FakeContainer.named(Ids.id(9), "witness"));
        var followed = follow();
        return followed.await(() -> followed.pod(Ids.id(9)).isPresent());
    }

    private static Optional<io.diskguard.model.CgroupPath> cgroup(Followed followed) {
        return followed.source().cgroups().find(followed.pod(WEB).orElseThrow(), new ContainerId("docker", WEB));
    }
}
