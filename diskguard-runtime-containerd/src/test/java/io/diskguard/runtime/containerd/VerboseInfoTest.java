/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.DeviceId;
import io.diskguard.spi.RuntimeResolver.BlockNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerboseInfoTest {
    private static final VerboseInfo NOTHING = new VerboseInfo(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Optional<List<BlockNode>> NO_DEVICES = Optional.of(List.of());

    @Test
    void theBlockDevicesOfTheSpecificationAreTold() {
        assertThat(read("""
                {"runtimeSpec":{"linux":{"resources":{"devices":[{"allow":true,"type":"b","major":8,"minor":0}]},
                 "devices":[{"path":"/dev/xvda","type":"b","major":253,"minor":3,"fileMode":432,"uid":0,"gid":6},
                  {"path":"/dev/fuse","type":"c","major":10,"minor":229},{"path":"relative","type":"b","major":1,"minor":1},
                  {"path":"/dev/far","type":"b","major":4096,"minor":0},{"path":"/dev/none","type":"b"},
                  {"type":"b","major":7,"minor":1,"path":"/dev/loop","strange":{"a":[1]}}]}}}""").devices())
                .contains(List.of(
                        new BlockNode("/dev/xvda", new DeviceId(253, 3)),
                        new BlockNode("/dev/loop", new DeviceId(7, 1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"runtimeSpec\":{\"linux\":{\"cgroupsPath\":7,\"devices\":null}}}",
                "{\"runtimeSpec\":{\"linux\":{\"cgroupsPath\":\"\",\"devices\":[]}}}",
                "{\"runtimeSpec\":{\"linux\":{\"devices\":{\"path\":\"/dev/a\"}}}}"
            })
    void aContainerWithoutDevicesIsKnownToHaveNone(String info) {
        assertThat(read(info)).isEqualTo(new VerboseInfo(Optional.empty(), Optional.empty(), NO_DEVICES));
    }

    @Test
    void aSpecificationThatIsCutOffDoesNotSayThatThereAreNoDevices() {
        assertThat(read("{\"runtimeSpec\":{\"linux\":{\"devices\":[{\"path\":\"/dev/a\"")
                        .devices())
                .isEmpty();
    }

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
                .isEqualTo(new VerboseInfo(
                        Optional.of(4711L), Optional.of("kubepods-pod1.slice:cri-containerd:8a"), NO_DEVICES));
    }

    @Test
    void crioWritesTheSameNames() {
        assertThat(read("""
                {"sandboxID":"9f","pid":815,"runtimeSpec":{"ociVersion":"1.1.0","annotations":{"pid":"x"},
                 "linux":{"cgroupsPath":"kubepods-burstable-pod1.slice:crio:8a"}},"privileged":false}"""))
                .isEqualTo(new VerboseInfo(
                        Optional.of(815L), Optional.of("kubepods-burstable-pod1.slice:crio:8a"), NO_DEVICES));
    }

    @Test
    void beforeTheFirstProcessThereIsNoPid() {
        assertThat(read("{\"pid\":0,\"runtimeSpec\":{\"linux\":{\"cgroupsPath\":\"/a/b\"}}}"))
                .isEqualTo(new VerboseInfo(Optional.empty(), Optional.of("/a/b"), NO_DEVICES));
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
                "{\"runtimeSpec\":{\"linux\":{\"cgroupsPath\":"
            })
    void whatIsNotThereOrNotReadableIsAbsent(String info) {
        assertThat(read(info)).isEqualTo(NOTHING);
        assertThat(VerboseInfo.read(Map.of())).isEqualTo(NOTHING);
    }

    @Test
    void whatCameBeforeAFaultStands() {
        assertThat(read("{\"pid\":5,\"runtimeSpec\":"))
                .isEqualTo(new VerboseInfo(Optional.of(5L), Optional.empty(), Optional.empty()));
    }

    private static VerboseInfo read(String info) {
        return VerboseInfo.read(Map.of("info", info));
    }
}
