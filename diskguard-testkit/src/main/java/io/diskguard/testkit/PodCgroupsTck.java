/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodCgroups.ContainerCgroup;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link PodCgroups} promises, on simulated and real cgroups. */
public abstract class PodCgroupsTck {
    private static final String UID = "0f3c2d1e-1111-4222-8333-1234567890ab";
    private static final ContainerId FIRST = new ContainerId("containerd", "0123456789abcdef".repeat(4));
    private static final ContainerId SECOND = new ContainerId("containerd", "fedcba9876543210".repeat(4));

    private final Pod pod = Pods.pod("web").uid(UID).build();
    private PodCgroupsFixture fixture;
    private PodCgroups cgroups;

    /** For subclasses: opens nothing yet. */
    protected PodCgroupsTck() {}

    /** Opens a node without pods; called before each test and closed after it. */
    protected abstract PodCgroupsFixture openFixture();

    @BeforeEach
    final void open() {
        fixture = openFixture();
        cgroups = fixture.podCgroups();
    }

    @AfterEach
    final void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @ParameterizedTest
    @EnumSource(QosClass.class)
    void aContainerIsFoundInItsPod(QosClass qos) {
        var of = Pods.pod("web").uid(UID).qos(qos).build();
        var first = fixture.start(of, FIRST);
        var second = fixture.start(of, SECOND);

        assertThat(cgroups.find(of, FIRST)).contains(first);
        assertThat(cgroups.find(of, SECOND)).contains(second);
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(cgroups.find(pod, FIRST))
                .as("a pod that has no cgroup (yet)")
                .isEmpty();
        assertThat(cgroups.containersOf(pod)).isEmpty();

        fixture.start(pod, FIRST);

        assertThat(cgroups.find(pod, SECOND))
                .as("a container that has no cgroup (yet)")
                .isEmpty();
    }

    @Test
    void aContainerIsNotFoundInAnotherPod() {
        var other = Pods.pod("shop").uid("0f3c2d1e-1111-4222-8333-ba0987654321").build();
        fixture.start(pod, FIRST);
        fixture.start(other, SECOND);

        assertThat(cgroups.find(other, FIRST)).isEmpty();
        assertThat(cgroups.containersOf(other)).extracting(ContainerCgroup::id).containsExactly(SECOND.id());
    }

    @Test
    void everyContainerIsListedAlsoOneThatThePodDoesNotName() {
        var first = fixture.start(pod, FIRST);
        var second = fixture.start(pod, SECOND);

        assertThat(cgroups.containersOf(pod))
                .as("ids without scheme, as the cgroup names them; the pod's status comes later")
                .containsExactlyInAnyOrder(
                        new ContainerCgroup(first, FIRST.id()), new ContainerCgroup(second, SECOND.id()));
    }

    @Test
    void whatVanishedIsNotFoundAnyMore() {
        fixture.start(pod, FIRST);
        fixture.start(pod, SECOND);
        assertThat(cgroups.find(pod, FIRST)).isPresent();

        fixture.stop(pod, FIRST);

        assertThat(cgroups.find(pod, FIRST)).isEmpty();
        assertThat(cgroups.containersOf(pod)).extracting(ContainerCgroup::id).containsExactly(SECOND.id());
    }

    @Test
    void aStaticPodIsFoundByItsConfigurationsHash() {
        var mirror = Pods.pod("etcd")
                .uid(UID)
                .annotation("kubernetes.io/config.hash", "d41d8cd98f00b204e9800998ecf8427e")
                .annotation("kubernetes.io/config.mirror", "d41d8cd98f00b204e9800998ecf8427e")
                .build();

        var path = fixture.start(mirror, FIRST);

        assertThat(cgroups.find(mirror, FIRST)).contains(path);
        assertThat(cgroups.containersOf(pod)).as("its uid names no cgroup").isEmpty();
    }

    @Test
    void whatAppearsIsToldWithTheUidThatTheCgroupBears() {
        assumeTrue(fixture.tells(), "what appears is found only by looking");
        var told = new Told();
        cgroups.onAppeared(told);

        fixture.start(pod, FIRST);

        told.await(UID);
    }

    @Test
    void lookingAgainLosesNothing() {
        var path = fixture.start(pod, FIRST);

        cgroups.refresh();

        assertThat(cgroups.find(pod, FIRST)).contains(path);
    }

    @Test
    void severalThreadsGetTheSameAnswer() {
        var path = fixture.start(pod, FIRST);

        Together.allAnswer("find()", Optional.of(path), () -> cgroups.find(pod, FIRST));
    }

    @Test
    void closingTwiceIsFine() {
        cgroups.close();

        assertThatCode(cgroups::close).doesNotThrowAnyException();
    }
}
