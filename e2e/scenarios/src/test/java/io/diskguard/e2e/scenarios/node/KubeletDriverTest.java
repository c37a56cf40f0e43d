/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.cgroup.tree.KubepodsPaths;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.QosClass;
import io.diskguard.testkit.Pods;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KubeletDriverTest {
    private static final String UID = "0f3c2d1e-1111-4222-8333-444444444444";
    private static final String CONTAINER = "ab".repeat(32);

    @Test
    void systemdHasASliceForAPodAndAScopeForAContainer() {
        assertThat(KubeletDriver.SYSTEMD.pod(UID).value())
                .isEqualTo("/kubepods.slice/kubepods-burstable.slice/"
                        + "kubepods-burstable-pod0f3c2d1e_1111_4222_8333_444444444444.slice");
        assertThat(KubeletDriver.SYSTEMD.unit(CONTAINER)).isEqualTo("cri-containerd-" + CONTAINER + ".scope");
    }

    @ParameterizedTest
    @EnumSource
    void aContainerOfAScenarioIsWhereDiskGuardLooksForIt(KubeletDriver driver) {
        var pod = Pods.pod("web")
                .uid(UID)
                .qos(QosClass.BURSTABLE)
                .container("app")
                .build();

        assertThat(KubepodsPaths.candidates(CgroupPath.ROOT, pod, new ContainerId("containerd", CONTAINER)))
                .contains(driver.pod(UID).child(driver.unit(CONTAINER)));
    }
}
