/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupsPathsTest {
    private static final String ID = "8a2f4b0c0d5f6e7a8b9cadbecf00112233445566778899aabbccddeeff001122";

    @Test
    void thePathOfTheCgroupfsDriverIsThePath() {
        assertThat(CgroupsPaths.read("/kubepods/burstable/pod3c1b3f5e-4f0d-4b9e-9a54-6a1f7e2f9a01/" + ID))
                .contains(new CgroupPath("/kubepods/burstable/pod3c1b3f5e-4f0d-4b9e-9a54-6a1f7e2f9a01/" + ID));
        assertThat(CgroupsPaths.read("kubepods/besteffort//pod1/" + ID + "/"))
                .as("without the first slash, and with some to spare")
                .contains(new CgroupPath("/kubepods/besteffort/pod1/" + ID));
    }

    @ParameterizedTest
    @CsvSource({
        "kubepods-burstable-pod3c1b_4f0d.slice:cri-containerd,"
                + "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod3c1b_4f0d.slice/cri-containerd-",
        "kubepods-pod3c1b_4f0d.slice:cri-containerd,/kubepods.slice/kubepods-pod3c1b_4f0d.slice/cri-containerd-",
        "kubepods-besteffort-pod3c1b_4f0d.slice:crio,"
                + "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod3c1b_4f0d.slice/crio-",
        "kubelet-kubepods-besteffort-pod3c1b.slice:cri-containerd,"
                + "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-besteffort.slice/"
                + "kubelet-kubepods-besteffort-pod3c1b.slice/cri-containerd-",
        "system.slice:cri-containerd,/system.slice/cri-containerd-",
        ":docker,/system.slice/docker-",
        "-.slice:cri-containerd,/cri-containerd-"
    })
    void thePathOfTheSystemdDriverIsExpandedAsSystemdDoes(String sliceAndPrefix, String path) {
        assertThat(CgroupsPaths.read(sliceAndPrefix + ":" + ID)).contains(new CgroupPath(path + ID + ".scope"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//",
                "/a/../b",
                "/./a",
                "/a\nb",
                "kubepods.slice::8a2f",
                "kubepods.slice:cri-containerd:",
                "kubepods:cri-containerd:8a2f",
                "kubepods--burstable.slice:cri-containerd:8a2f",
                "-kubepods.slice:cri-containerd:8a2f",
                "kubepods-.slice:cri-containerd:8a2f",
                "a/b.slice:cri-containerd:8a2f",
                ".slice:cri-containerd:8a2f",
                "kubepods.slice:cri-containerd:../8a2f"
            })
    void whatNamesNoCgroupIsNone(String text) {
        assertThat(CgroupsPaths.read(text)).isEmpty();
    }
}
