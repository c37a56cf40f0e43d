/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemdSliceTest {
    @ParameterizedTest
    @CsvSource({
        "system.slice,/system.slice",
        "kubepods-pod3c1b_4f0d.slice,/kubepods.slice/kubepods-pod3c1b_4f0d.slice",
        "kubepods-burstable-pod1_2.slice,/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice",
        "kubelet-kubepods-besteffort-podU.slice,"
                + "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-besteffort.slice/kubelet-kubepods-besteffort-podU.slice",
        "-.slice,/"
    })
    void aSliceIsWhereSystemdPutsIt(String name, String path) {
        assertThat(SystemdSlice.parse(name).map(SystemdSlice::path)).contains(new CgroupPath(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "slice",
                ".slice",
                "a",
                "a-b.scope",
                "a--b.slice",
                "-a.slice",
                "a-.slice",
                "a/b.slice",
                "a\n.slice"
            })
    void whatSystemdDoesNotCallASliceIsNone(String text) {
        assertThat(SystemdSlice.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new SystemdSlice(text));
    }

    @Test
    void theRootIsOnNoWayToItself() {
        assertThat(new SystemdSlice("-.slice").lineage()).isEmpty();
        assertThat(new SystemdSlice("a-b-c.slice").lineage()).containsExactly("a.slice", "a-b.slice", "a-b-c.slice");
    }
}
