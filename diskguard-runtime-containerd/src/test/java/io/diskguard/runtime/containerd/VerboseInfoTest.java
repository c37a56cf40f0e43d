/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerboseInfoTest {
    private static final VerboseInfo NOTHING = new VerboseInfo(Optional.empty(), Optional.empty());

    @Test
    void containerdsIsRead() {
        assertThat(read("""
                {"sandboxID":"9f","pid":4711,"removing":false,"snapshotKey":"8a","snapshotter":"overlayfs",
                 "runtimeType":"io.containerd.runc.v2","runtimeOptions":{"systemd_cgroup":true},
                 "config":{"metadata":{"name":"app"},"linux":{"cgroupsPath":"not this"},"pid":1},
                 "runtimeSpec":{"ociVersion":"1.0.2-dev","process":{"user":{"uid":0},"args":["sh"]},
                  "mounts":[{"destination":"/proc","options":["nosuid"]}],
                  "linux":{"resources":{"devices":[{"allow":false}],"cgroupsPath":"nor this"},
                   "cgroupsPath":"kubepods-pod1.slice:cri-containerd:8a","namespaces":[{"type":"pid"}]}}}"""))
                .isEqualTo(new VerboseInfo(Optional.of(4711L), Optional.of("kubepods-pod1.slice:cri-containerd:8a")));
    }

    @Test
    void crioWritesTheSameNames() {
        assertThat(read("""
                {"sandboxID":"9f","pid":815,"runtimeSpec":{"ociVersion":"1.1.0","annotations":{"pid":"x"},
                 "linux":{"cgroupsPath":"kubepods-burstable-pod1.slice:crio:8a"}},"privileged":false}"""))
                .isEqualTo(new VerboseInfo(Optional.of(815L), Optional.of("kubepods-burstable-pod1.slice:crio:8a")));
    }

    @Test
    void beforeTheFirstProcessThereIsNoPid() {
        assertThat(read("{\"pid\":0,\"runtimeSpec\":{\"linux\":{\"cgroupsPath\":\"/a/b\"}}}"))
                .isEqualTo(new VerboseInfo(Optional.empty(), Optional.of("/a/b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "not json",
                "{}",
                "{\"pid\":\"5\"}",
                "{\"pid\":99999999999999999999999}",
                "{\"runtimeSpec\":null}",
                "{\"runtimeSpec\":{\"linux\":null}}",
                "{\"runtimeSpec\":{\"linux\":[{\"cgroupsPath\":\"/a\"}]}}",
                "{\"runtimeSpec\":{\"linux\":{\"cgroupsPath\":7}}}",
                "{\"runtimeSpec\":{\"linux\":{\"cgroupsPath\":\"\"}}}",
                "{\"runtimeSpec\":{\"linux\":{\"cgroupsPath\":"
            })
    void whatIsNotThereOrNotReadableIsAbsent(String info) {
        assertThat(read(info)).isEqualTo(NOTHING);
        assertThat(VerboseInfo.read(Map.of())).isEqualTo(NOTHING);
    }

    @Test
    void whatCameBeforeAFaultStands() {
        assertThat(read("{\"pid\":5,\"runtimeSpec\":")).isEqualTo(new VerboseInfo(Optional.of(5L), Optional.empty()));
    }

    private static VerboseInfo read(String info) {
        return VerboseInfo.read(Map.of("info", info));
    }
}
