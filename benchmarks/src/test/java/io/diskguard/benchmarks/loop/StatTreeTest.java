/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.cgroup.v2.IoStat;
import io.diskguard.spi.IoStatsSource.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatTreeTest {
    @TempDir
    Path root;

    @Test
    void whatOneProcessMadeAnotherReads() throws IOException {
        try (var made = StatTree.likeV2(root)) {
            made.make();

            try (var found = StatTree.likeV2(root)) {
                var disks = new ArrayList<String>();
                var stats = new IoStat(found.fs());
                assertThat(found.cgroups()).hasSize(1000).allSatisfy(cgroup -> assertThat(
                                stats.sample(cgroup, (disk, rbytes, wbytes, rios, wios) -> disks.add(disk.toString())))
                        .isInstanceOf(Sample.Counted.class));
                assertThat(disks).hasSize(2000).contains("8:0", "259:3");
                assertThat(found.files()).hasSize(1000);
            }
            assertThat(made.files()).allMatch(Files::exists);
        }
        assertThat(root).isEmptyDirectory();
    }
}
