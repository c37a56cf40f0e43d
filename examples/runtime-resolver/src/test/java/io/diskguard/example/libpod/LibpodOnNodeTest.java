/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.libpod;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuard;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.model.Rate;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.PodSource;
import io.diskguard.spi.PodSource.Snapshot.Synced;
import io.diskguard.testkit.Pods;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The whole engine: pods whose containers are where no kubelet puts any. */
class LibpodOnNodeTest {
    private static final DeviceId DISK = new DeviceId(8, 0);

    private final SimulatedNode host = SimulatedNode.v2();
    private final CgroupDriver driver = host.driver();

    @Test
    void aContainerOfPodmanHasTheLimitOfItsPod() {
        host.addDisk(SimulatedDisk.hardware("sda", DISK));
        var podman = new Podman(host);
        var alone = podman.run("db", "docker.io/library/postgres:17");
        var inPod = podman.run("web-app", "docker.io/library/nginx:1", Optional.of("f00d"));
        var pods = List.of(pod("db", alone, "300"), pod("web", inPod, "200"));
        try (host;
                driver;
                var guard = DiskGuard.builder()
                        .environment(host.environment())
                        .config(GuardConfig.builder().devices("sda").build())
                        .driver(driver)
                        .pods(new These(pods))
                        .podCgroups(host.podCgroups())
                        .runtime(podman.resolver())
                        .build()) {
            guard.turn();

            assertThat(limit(podman, alone).wiops()).isEqualTo(Rate.perSecond(300));
            assertThat(limit(podman, inPod).wiops()).isEqualTo(Rate.perSecond(200));
        }
    }

    private IoLimit limit(Podman podman, ContainerId id) {
        return ((CgroupDriver.ReadResult.Found) driver.read(podman.cgroupOf(id)))
                .limits()
                .get(DISK);
    }

    private static Pod pod(String name, ContainerId id, String writes) {
        return Pods.pod(name)
                .annotation("iops-limit/write-iops", writes)
                .container(new Container("app", "app:1", ContainerKind.MAIN, Optional.of(id)))
                .build();
    }

    private record These(List<Pod> pods) implements PodSource {
        @Override
        public Snapshot snapshot() {
            return new Synced(pods);
        }

        @Override
        public void onChange(Consumer<String> uid) {}

        @Override
        public void close() {}
    }
}
