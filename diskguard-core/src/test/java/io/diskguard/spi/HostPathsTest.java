/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostPathsTest {
    @Test
    void withoutAWordTheHostIsAtItsUsualPlaces() {
        assertThat(HostPaths.from(Map.of("PATH", "/bin"))).isEqualTo(HostPaths.host());
        assertThat(HostPaths.from(Map.of("HOST_PROC", ""))).isEqualTo(HostPaths.host());
    }

    @Test
    void aContainerSaysWhereItSeesTheHost() {
        var paths = HostPaths.from(
                Map.of("HOST_PROC", "/host/proc", "HOST_SYS", "/h/sys", "HOST_DEV", "/h/dev", "HOST_RUN", "/h/run"));
        assertThat(paths)
                .isEqualTo(new HostPaths(
                        Path.of("/host/proc"),
                        Path.of("/h/sys"),
                        Path.of("/h/dev"),
                        Path.of("/h/run"),
                        HostPaths.host().kubelet()));
    }
}
