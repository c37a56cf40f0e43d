/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.simulator.SimulatedCgroupFs;
import io.diskguard.spi.PodCgroups.ContainerCgroup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where kubelets and runtimes put a container, each of which has been got wrong before. */
class KnownLayoutsTest {
    private static final String UID = "0f3c2d1e-aaaa-bbbb-cccc-1234567890ab";
    private static final String ID = "0123456789abcdef".repeat(4);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "cgroupfs, containerd, BURSTABLE, /kubepods/burstable/podUID/ID",
        "'cgroupfs, guaranteed', containerd, GUARANTEED, /kubepods/podUID/ID",
        "'cgroupfs, docker', docker, BEST_EFFORT, /kubepods/besteffort/podUID/ID",
        "'cgroupfs, CRI-O', cri-o, BURSTABLE, /kubepods/burstable/podUID/crio-ID",
        "systemd, containerd, BURSTABLE, /kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podUnderscored.slice/cri-containerd-ID.scope",
        "'systemd, guaranteed', containerd, GUARANTEED, /kubepods.slice/kubepods-podUnderscored.slice/cri-containerd-ID.scope",
        "'systemd, docker', docker, BURSTABLE, /kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podUnderscored.slice/docker-ID.scope",
        "'systemd, CRI-O', cri-o, BEST_EFFORT, /kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podUnderscored.slice/crio-ID.scope",
        "kind, containerd, BEST_EFFORT, /kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-besteffort.slice/kubelet-kubepods-besteffort-podUnderscored.slice/cri-containerd-ID.scope",
        "kind seen from its host, containerd, GUARANTEED, /docker/0a1b/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-podUnderscored.slice/cri-containerd-ID.scope",
    })
    void aContainerIsFoundAndNothingBesideIt(String what, String scheme, QosClass qos, String layout) {
        var path = new CgroupPath(layout.replace("UID", UID)
                .replace("Underscored", UID.replace('-', '_'))
                .replace("ID", ID));
        var pod = new Pod(UID, "shop", "db", qos, Map.of(), Map.of(), List.of());
        var id = new ContainerId(scheme, ID);
        for (var fs : List.of(SimulatedCgroupFs.v1(), SimulatedCgroupFs.v2())) {
            fs.makeAll(path.child("container"));
            fs.makeAll(path.parent().orElseThrow().child("crio-conmon-" + ID + ".scope"));
            var tree = KubepodsTree.open(fs);

            assertThat(tree.containersOf(pod)).as(what).containsExactly(new ContainerCgroup(path, ID));
            assertThat(tree.find(pod, id)).as(what).contains(path);
            assertThat(KubepodsPaths.candidates(rootOf(path), pod, id)).as(what).contains(path);
        }
    }

    /** The kubelet's {@code --cgroup-root}: what is above its own first cgroup. */
    private static CgroupPath rootOf(CgroupPath path) {
        var root = path;
        while (root.value().contains("kubepods")) {
            root = root.parent().orElseThrow();
        }
        return root;
    }
}
