/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CgroupLayoutTest {
    private static final String SYS = "23 28 0:21 / /sys rw,nosuid,nodev,noexec,relatime shared:7 - sysfs sysfs rw\n"
            + "25 28 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw,discard\n";
    private static final String V1 =
            "34 29 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:15 - cgroup cgroup rw,cpu,cpuacct\n"
                    + "38 29 0:33 / /sys/fs/cgroup/blkio rw,nosuid,nodev shared:19 master:4 - cgroup cgroup rw,blkio\n";
    private static final String UNIFIED =
            "30 29 0:26 / /sys/fs/cgroup/unified rw,nosuid shared:10 - cgroup2 cgroup2 rw,nsdelegate\n";
    private static final String V2 = "29 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";

    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    private final HostPaths paths = HostPaths.in(files);

    @AfterEach
    void close() throws IOException {
        files.close();
    }

    @Test
    void v1IsWhereBlkioIsMounted() throws IOException {
        mountinfo(SYS + V1);

        assertThat(CgroupLayout.of(paths)).isEqualTo(v1("/sys/fs/cgroup/blkio", false));
    }

    @Test
    void aMountPointThatIsNoTextHidesNoOther() throws IOException {
        var foreign = "90 25 8:0 / /mnt/caf\u00e9 rw - ext4 /dev/sda rw\n";
        mountinfo("");
        Files.write(files.getPath("/proc/self/mountinfo"), (SYS + foreign + V1).getBytes(StandardCharsets.ISO_8859_1));

        assertThat(CgroupLayout.of(paths)).isEqualTo(v1("/sys/fs/cgroup/blkio", false));
    }

    @Test
    void v2CountsWhenItsControllersListIo() throws IOException {
        mountinfo(SYS + V2);
        controllers("/sys/fs/cgroup", "cpuset cpu io memory hugetlb pids rdma misc");

        assertThat(CgroupLayout.of(paths)).isEqualTo(v2("/sys/fs/cgroup", false));
    }

    @Test
    void aHybridHostHasItsIoControllerInV1() throws IOException {
        mountinfo(SYS + UNIFIED + V1);
        controllers("/sys/fs/cgroup/unified", "");

        assertThat(CgroupLayout.of(paths)).isEqualTo(v1("/sys/fs/cgroup/blkio", false));
    }

    @Test
    void v2WithoutIoSaysSo() throws IOException {
        mountinfo(SYS + V2);
        controllers("/sys/fs/cgroup", "cpuset cpu memory iocost");

        assertThat(CgroupLayout.of(paths))
                .isInstanceOfSatisfying(CgroupLayout.None.class, none -> assertThat(none.reason())
                        .contains("/sys/fs/cgroup", "no io controller"));
    }

    @Test
    void noCgroupsAtAllOrNoMountinfoIsAReason() throws IOException {
        assertThat(CgroupLayout.of(paths))
                .isInstanceOfSatisfying(CgroupLayout.None.class, none -> assertThat(none.reason())
                        .contains("/proc/self/mountinfo"));
        mountinfo(SYS);
        assertThat(CgroupLayout.of(paths))
                .isInstanceOfSatisfying(CgroupLayout.None.class, none -> assertThat(none.reason())
                        .contains("neither"));
    }

    @Test
    void aReadOnlyMountIsFoundAndCalledReadOnlyWhetherByMountOrBySuperblock() throws IOException {
        mountinfo("38 29 0:33 / /sys/fs/cgroup/blkio ro,nosuid - cgroup cgroup rw,blkio\n");
        assertThat(CgroupLayout.of(paths)).isEqualTo(v1("/sys/fs/cgroup/blkio", true));

        mountinfo("29 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 ro\n");
        controllers("/sys/fs/cgroup", "io");
        assertThat(CgroupLayout.of(paths)).isEqualTo(v2("/sys/fs/cgroup", true));
    }

    @Test
    void theWholeHierarchyOfTheHostIsPreferredToTheContainersOwnPart() throws IOException {
        var own = "38 29 0:33 %s /sys/fs/cgroup/blkio ro - cgroup cgroup rw,blkio\n";
        var host = "99 29 0:33 %s /host/sys/fs/cgroup/blkio rw - cgroup cgroup rw,blkio\n";
        // The host's cgroup namespace, then one of the container's own
        mountinfo(own.formatted("/kubepods/burstable/pod1/c") + host.formatted("/"));
        assertThat(CgroupLayout.of(paths)).isEqualTo(v1("/host/sys/fs/cgroup/blkio", false));

        mountinfo(host.formatted("/../../../..") + own.formatted("/"));
        assertThat(CgroupLayout.of(paths)).isEqualTo(v1("/host/sys/fs/cgroup/blkio", false));
    }

    @Test
    void aMountPointWithBlanksIsReadAsItIs() throws IOException {
        mountinfo("38 29 0:33 / /mnt/cg\\040one\\134x - cgroup cgroup rw,blkio\n"
                + "39 29 0:33 / /mnt/cg\\040two\\134x rw - cgroup cgroup rw,blkio\n");

        assertThat(CgroupLayout.of(paths)).isEqualTo(v1("/mnt/cg two\\x", false));
    }

    private CgroupLayout v1(String mount, boolean readOnly) {
        return new CgroupLayout.V1(files.getPath(mount), readOnly);
    }

    private CgroupLayout v2(String mount, boolean readOnly) {
        return new CgroupLayout.V2(files.getPath(mount), readOnly);
    }

    private void mountinfo(String table) throws IOException {
        Files.createDirectories(files.getPath("/proc/self"));
        Files.writeString(files.getPath("/proc/self/mountinfo"), table);
    }

    private void controllers(String mount, String names) throws IOException {
        Files.createDirectories(files.getPath(mount));
        Files.writeString(files.getPath(mount, "cgroup.controllers"), names + "\n");
    }
}
