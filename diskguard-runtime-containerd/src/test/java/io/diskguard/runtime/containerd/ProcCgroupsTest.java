/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcCgroupsTest {
    private static final String ID = "8a2f4b0c";

    @TempDir
    Path proc;

    @Test
    void onV1TheHierarchyOfBlkioIsRead() throws IOException {
        assertThat(of("""
                12:memory:/elsewhere
                4:blkio:/kubepods/burstable/pod1/8a2f4b0c
                1:name=systemd:/kubepods/pod1/8a2f4b0c
                0::/
                """)).contains(new CgroupPath("/kubepods/burstable/pod1/8a2f4b0c"));
        assertThat(of("4:net_cls,blkio:/kubepods/pod1/8a2f4b0c\n")).contains(new CgroupPath("/kubepods/pod1/8a2f4b0c"));
    }

    @Test
    void onV2ThereIsOne() throws IOException {
        assertThat(of("0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-8a2f4b0c.scope\n"))
                .contains(new CgroupPath("/kubepods.slice/kubepods-pod1.slice/cri-containerd-8a2f4b0c.scope"));
    }

    @Test
    void whatCrunOrSystemdMakeInTheContainerIsNotTheContainer() throws IOException {
        assertThat(of("0::/kubepods.slice/crio-8a2f4b0c.scope/container\n"))
                .contains(new CgroupPath("/kubepods.slice/crio-8a2f4b0c.scope"));
        assertThat(of("0::/kubepods/pod1/8a2f4b0c/init.scope\n")).contains(new CgroupPath("/kubepods/pod1/8a2f4b0c"));
    }

    @Test
    void theRootAndWhatIsOutsideOfThisNamespaceAreNoContainersPath() throws IOException {
        assertThat(of("0::/\n")).isEmpty();
        assertThat(of("0::/../../kubepods/pod1/8a2f4b0c\n")).isEmpty();
        assertThat(of("no colons\n\n")).isEmpty();
        assertThat(new ProcCgroups(proc).of(99, ID)).as("ended").isEmpty();
    }

    private Optional<CgroupPath> of(String content) throws IOException {
        Files.createDirectories(proc.resolve("77"));
        Files.writeString(proc.resolve("77/cgroup"), content);
        return new ProcCgroups(proc).of(77, ID);
    }
}
