/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubepodsPathsTest {
    private static final String UID = "0f3c2d1e-aaaa-bbbb-cccc-1234567890ab";
    private static final String HASH = "d41d8cd98f00b204e9800998ecf8427e";
    private static final String ID = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pod0f3c2d1e-aaaa-bbbb-cccc-1234567890ab",
                "kubepods-pod0f3c2d1e_aaaa_bbbb_cccc_1234567890ab.slice",
                "kubepods-burstable-pod0f3c2d1e_aaaa_bbbb_cccc_1234567890ab.slice",
                "kubelet-kubepods-besteffort-pod0f3c2d1e_aaaa_bbbb_cccc_1234567890ab.slice",
                "a-b-kubepods-pod0f3c2d1e_aaaa_bbbb_cccc_1234567890ab.slice"
            })
    void aPodsDirectoryNamesItsUid(String name) {
        assertThat(KubepodsPaths.podUid(name)).contains(UID);
    }

    @Test
    void aStaticPodsUidIsAHashWithoutDashes() {
        assertThat(KubepodsPaths.podUid("pod" + HASH)).contains(HASH);
        assertThat(KubepodsPaths.podUid("kubepods-burstable-pod" + HASH + ".slice"))
                .contains(HASH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubepods",
                "kubepods.slice",
                "kubepods-burstable.slice",
                "podruntime.slice",
                "machine-pod1.slice",
                "pod",
                "init.scope",
                "besteffort"
            })
    void otherDirectoriesAreNoPods(String name) {
        assertThat(KubepodsPaths.podUid(name)).isEmpty();
    }

    @Test
    void aPodOfTheCgroupfsDriverStandsBelowKubepods() {
        assertThat(KubepodsPaths.podUid(new CgroupPath("/x/kubepods/besteffort/pod" + UID)))
                .contains(UID);
        assertThat(KubepodsPaths.podUid(new CgroupPath("/podman"))).isEmpty();
        assertThat(KubepodsPaths.podUid(new CgroupPath("/burstable/podman"))).isEmpty();
    }

    @Test
    void aContainersDirectoryNamesItsId() {
        for (var name : List.of(
                ID,
                "cri-containerd-" + ID + ".scope",
                "docker-" + ID + ".scope",
                "crio-" + ID + ".scope",
                "crio-" + ID)) {
            assertThat(KubepodsPaths.containerId(name)).as(name).contains(ID);
        }
        assertThat(KubepodsPaths.containerId("app-1")).contains("app-1");
    }

    @Test
    void monitorsAndUnitsAreNoContainers() {
        for (var name : List.of(
                "crio-conmon-" + ID + ".scope", "crio-conmon-" + ID, "init.scope", "x.service", "a.slice", "b.mount")) {
            assertThat(KubepodsPaths.containerId(name)).as(name).isEmpty();
        }
    }

    @Test
    void theCandidatesAreThoseOfBothKubeletDrivers() {
        assertThat(candidates("/", QosClass.GUARANTEED, "containerd", Map.of()))
                .containsExactly(
                        "/kubepods/pod" + UID + "/" + ID,
                        "/kubepods.slice/kubepods-pod" + UID.replace('-', '_') + ".slice/cri-containerd-" + ID
                                + ".scope");
        assertThat(candidates("/kubelet.slice", QosClass.BURSTABLE, "docker", Map.of()))
                .containsExactly(
                        "/kubelet.slice/kubepods/burstable/pod" + UID + "/" + ID,
                        "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice"
                                + "/kubelet-kubepods-burstable-pod" + UID.replace('-', '_') + ".slice/docker-" + ID
                                + ".scope");
        assertThat(candidates(
                        "/",
                        QosClass.BEST_EFFORT,
                        "cri-o",
                        Map.of("kubernetes.io/config.hash", HASH, "kubernetes.io/config.mirror", HASH)))
                .containsExactly(
                        "/kubepods/besteffort/pod" + HASH + "/" + ID,
                        "/kubepods/besteffort/pod" + HASH + "/crio-" + ID,
                        "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod" + HASH + ".slice/crio-" + ID
                                + ".scope");
    }

    private static List<String> candidates(String root, QosClass qos, String scheme, Map<String, String> annotations) {
        var pod = new Pod(UID, "shop", "db", qos, Map.of(), annotations, List.of());
        return KubepodsPaths.candidates(new CgroupPath(root), pod, new ContainerId(scheme, ID)).stream()
                .map(CgroupPath::value)
                .toList();
    }
}
