/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.ReadBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final CgroupPath APP = new CgroupPath("/kubepods/burstable/podu1/app");

    private final SimulatedCgroupFs fs = SimulatedCgroupFs.v2();

    @BeforeEach
    void start() {
        fs.makeAll(APP);
    }

    @Test
    void anOperationFailsWhereItIsAimedAndSoOftenAsItIsToldTo() {
        fs.faults().fail(Operation.READ, "/kubepods/**/io.stat", Errno.EACCES, 2);

        assertThat(read("io.max")).isEqualTo(FsResult.OK);
        assertThat(read("io.stat").is(Errno.EACCES)).isTrue();
        assertThat(read("io.stat").is(Errno.EACCES)).isTrue();
        assertThat(read("io.stat")).isEqualTo(FsResult.OK);
    }

    @Test
    void aStarIsOneNameAndTwoAreAnyPath() {
        fs.faults().fail(Operation.EXISTS, "/kubepods/*/podu1", Errno.EACCES);

        assertThat(fs.exists(APP)).isTrue();
        assertThat(fs.exists(APP.parent().orElseThrow())).isFalse();

        fs.faults().fail(Operation.LIST, "**", Errno.EMFILE);
        assertThat(fs.children(CgroupPath.ROOT)).isEmpty();

        fs.faults().clear();
        assertThat(fs.children(CgroupPath.ROOT)).isNotEmpty();
    }

    @Test
    void aCgroupCanVanishBetweenTwoCalls() {
        fs.faults().before(Operation.READ, "**/io.stat", () -> fs.rmdirRecursive(APP));

        assertThat(fs.exists(APP)).isTrue();
        assertThat(read("io.stat").is(Errno.ENOENT)).isTrue();
        assertThat(fs.exists(APP)).isFalse();
    }

    @Test
    void aFailedWriteChangesNothing() {
        fs.faults().fail(Operation.WRITE, "**", Errno.EROFS, 1);

        assertThat(fs.write(APP, "cgroup.subtree_control", "+io").is(Errno.EROFS))
                .isTrue();
        assertThat(fs.exists(APP.child("x"))).isFalse();
        assertThat(fs.write(APP, "cgroup.subtree_control", "+io")).isEqualTo(FsResult.OK);
    }

    private FsResult read(String file) {
        return fs.read(APP, file, new ReadBuffer());
    }
}
