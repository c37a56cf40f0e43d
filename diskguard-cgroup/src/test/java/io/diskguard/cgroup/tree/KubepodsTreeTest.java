/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.simulator.SimulatedCgroupFs;
import io.diskguard.spi.PodCgroups.ContainerCgroup;
import io.diskguard.spi.RuntimeResolver.Resolution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KubepodsTreeTest {
    private static final String UID = "0f3c2d1e-aaaa-bbbb-cccc-1234567890ab";
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String OTHER_ID = "fedcba9876543210".repeat(4);
    private static final CgroupPath POD = new CgroupPath("/kubepods/burstable/pod" + UID);
    private static final CgroupPath SLICE = new CgroupPath(
            "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod" + UID.replace('-', '_') + ".slice");

    private final SimulatedCgroupFs fs = SimulatedCgroupFs.v2();
    private final Pod pod = new Pod(UID, "shop", "db", QosClass.BURSTABLE, Map.of(), Map.of(), List.of());
    private final ContainerId id = new ContainerId("containerd", ID);
    private final List<String> appeared = new ArrayList<>();

    @Test
    void aContainerIsFoundBelowAnyRootWhateverTheQosClassOfThePodSays() {
        var path = new CgroupPath("/docker/node-1/kubelet/kubepods/pod" + UID).child(ID);
        fs.makeAll(path);

        assertThat(KubepodsTree.open(fs).find(pod, id)).contains(path);
    }

    @Test
    void aScopeOfSystemdIsFoundBelowNestedSlices() {
        var path = SLICE.child("cri-containerd-" + ID + ".scope");
        fs.makeAll(path);

        assertThat(KubepodsTree.open(fs).find(pod, id)).contains(path);
    }

    @Test
    void withoutAWatchWhatAppearsLaterIsFoundAll() {
        var tree = KubepodsTree.open(fs);
        assertThat(tree.find(pod, id)).isEmpty();

        fs.makeAll(POD.child(ID));
        assertThat(tree.find(pod, id)).contains(POD.child(ID));

        fs.rmdirRecursive(POD);
        assertThat(tree.find(pod, id)).isEmpty();
        assertThat(tree.containersOf(pod)).isEmpty();

        fs.makeAll(SLICE.child("docker-" + ID + ".scope"));
        assertThat(tree.containersOf(pod)).extracting(ContainerCgroup::id).containsExactly(ID);
    }

    @Test
    void aStaticPodIsFoundByItsConfigurationsHash() {
        var mirror = new Pod(
                UID,
                "kube-system",
                "etcd",
                QosClass.BURSTABLE,
                Map.of(),
                Map.of(
                        "kubernetes.io/config.hash", "d41d8cd98f00b204e9800998ecf8427e",
                        "kubernetes.io/config.mirror", "d41d8cd98f00b204e9800998ecf8427e"),
                List.of());
        var path = new CgroupPath("/kubepods/burstable/podd41d8cd98f00b204e9800998ecf8427e").child(ID);
        fs.makeAll(path);

        assertThat(KubepodsTree.open(fs).find(mirror, id)).contains(path);
    }

    @Test
    void theContainersOfAPodAreItsScopesButNotTheirChildrenNorMonitors() {
        var scope = SLICE.child("crio-" + ID + ".scope");
        fs.makeAll(scope.child("container"));
        fs.makeAll(SLICE.child("crio-conmon-" + ID + ".scope"));
        fs.makeAll(SLICE.child("crio-" + OTHER_ID + ".scope"));

        assertThat(KubepodsTree.open(fs).containersOf(pod))
                .containsExactlyInAnyOrder(
                        new ContainerCgroup(scope, ID),
                        new ContainerCgroup(SLICE.child("crio-" + OTHER_ID + ".scope"), OTHER_ID));
    }

    @Test
    void aContainerOfAKnownPodIsReportedWhenItAppears() throws InterruptedException {
        fs.makeAll(POD);
        var tree = watched();
        assertThat(appeared).isEmpty();

        fs.makeAll(POD.child(ID));
        drain(tree);

        assertThat(appeared).containsExactly(UID);
        assertThat(tree.tree.find(pod, id)).contains(POD.child(ID));
    }

    @Test
    void aWholeTreeThatAppearsLaterIsReported() throws InterruptedException {
        var tree = watched();

        fs.makeAll(SLICE.child("cri-containerd-" + ID + ".scope"));
        drain(tree);
        assertThat(appeared).contains(UID);

        appeared.clear();
        fs.makeAll(SLICE.child("cri-containerd-" + OTHER_ID + ".scope"));
        drain(tree);
        assertThat(appeared).containsExactly(UID);
    }

    @Test
    void aPodThatAppearsIsWatchedAtOnce() throws InterruptedException {
        fs.makeAll(new CgroupPath("/kubepods/burstable"));
        var tree = watched();

        fs.makeAll(POD);
        drain(tree);
        assertThat(appeared).isEmpty();

        fs.makeAll(POD.child(ID));
        drain(tree);
        assertThat(appeared).containsExactly(UID);
    }

    @Test
    void aPodThatCameAgainIsReportedAgain() throws InterruptedException {
        fs.makeAll(POD);
        var tree = watched();

        fs.rmdirRecursive(POD);
        fs.makeAll(POD.child(ID));
        drain(tree);

        assertThat(appeared).contains(UID);
        assertThat(tree.tree.find(pod, id)).contains(POD.child(ID));
    }

    @Test
    void lostEventsAreMadeGoodByListing() throws InterruptedException {
        fs.makeAll(new CgroupPath("/kubepods"));
        var tree = watched();
        for (var i = 0; i < 700; i++) {
            fs.makeAll(new CgroupPath("/kubepods/pod" + i).child(ID));
        }

        drain(tree);

        assertThat(appeared).contains("0", "350", "699");
    }

    @Test
    void whereThereIsNoWatchTheTreeSaysSoAndIsSearched() throws InterruptedException {
        fs.refuseWatches();
        var tree = watched();

        assertThat(tree.watch.polling()).isTrue();
        assertThat(tree.watch.turn(Duration.ZERO)).isFalse();
        fs.makeAll(POD.child(ID));
        assertThat(tree.tree.find(pod, id)).contains(POD.child(ID));
    }

    @Test
    void whileWatchedAnUnknownPodIsFoundOnceItsCgroupAppeared() throws InterruptedException {
        var tree = watched();
        assertThat(tree.tree.find(pod, id)).isEmpty();

        fs.makeAll(POD.child(ID));
        drain(tree);

        assertThat(tree.tree.find(pod, id)).contains(POD.child(ID));
    }

    @Test
    void aRootGivenIsWatchedThoughItsNameSaysNothing() throws InterruptedException {
        var root = new CgroupPath("/box/one");
        fs.makeAll(root);
        var opened = KubepodsTree.open(fs);
        opened.onAppeared(appeared::add);
        var watch = opened.watch(List.of(root));

        fs.makeAll(root.child("kubepods").child("pod" + UID).child(ID));
        drain(new Watched(opened, watch));

        assertThat(appeared).contains(UID);
    }

    @Test
    void theScanResolverFindsAContainerAnywhereById() {
        var path = new CgroupPath("/system.slice/docker-" + ID + ".scope");
        fs.makeAll(path);
        fs.makeAll(POD.child(OTHER_ID));
        try (var resolver = new TreeScanResolver(fs)) {
            assertThat(resolver.resolve(new ContainerId("docker", ID)))
                    .isEqualTo(new Resolution.Found(path, Optional.empty(), Optional.empty(), Optional.empty(), false));
            assertThat(resolver.resolve(new ContainerId("cri-o", OTHER_ID)))
                    .isInstanceOfSatisfying(Resolution.Found.class, found -> assertThat(found.cgroup())
                            .isEqualTo(POD.child(OTHER_ID)));
            assertThat(resolver.resolve(new ContainerId("docker", "none"))).isEqualTo(new Resolution.Gone());
        }
    }

    private Watched watched() {
        var tree = KubepodsTree.open(fs);
        tree.onAppeared(appeared::add);
        return new Watched(tree, tree.watch(List.of()));
    }

    private static void drain(Watched tree) throws InterruptedException {
        while (tree.watch.turn(Duration.ZERO)) {
            // until none is left
        }
    }

    private record Watched(KubepodsTree tree, CgroupTreeWatch watch) {}
}
