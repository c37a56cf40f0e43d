/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code io.max} of cgroup v2 answers, measured on Linux 6.1 and 6.12: the simulated kernel and the real one agree. */
public abstract class V2AnswersTck extends CgroupFsTck {
    private static final String IO_MAX = "io.max";

    /** For subclasses: opens nothing yet. */
    protected V2AnswersTck() {}

    @Test
    void aLineNamesAllFourNumbers() {
        accepts(IO_MAX, disk() + " rbps=2097152 wiops=120");

        assertThat(read(IO_MAX)).isEqualTo(disk() + " rbps=2097152 wbps=max riops=max wiops=120\n");
    }

    @Test
    void whatIsNotNamedIsKept() {
        accepts(IO_MAX, disk() + " rbps=2097152 wiops=120");
        accepts(IO_MAX, disk() + " rbps=max riops=50");

        assertThat(read(IO_MAX)).isEqualTo(disk() + " rbps=max wbps=max riops=50 wiops=120\n");
    }

    @Test
    void theLineOfAClearedDiskDisappears() {
        accepts(IO_MAX, disk() + " rbps=2097152");
        accepts(IO_MAX, fixture().otherDisk() + " rbps=1048576");
        accepts(IO_MAX, disk() + " rbps=max wbps=max riops=max wiops=max");

        assertThat(read(IO_MAX)).isEqualTo(fixture().otherDisk() + " rbps=1048576 wbps=max riops=max wiops=max\n");
    }

    @Test
    void aDiskWithoutKeysChangesNothing() {
        accepts(IO_MAX, disk() + " rbps=2097152");
        accepts(IO_MAX, disk().toString());

        assertThat(read(IO_MAX)).isEqualTo(disk() + " rbps=2097152 wbps=max riops=max wiops=max\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"riops=4294967295", "riops=5000000000", "wiops=18446744073709551615"})
    void moreOperationsThanTheKernelCountsAreNoLimit(String pair) {
        accepts(IO_MAX, disk() + " riops=100 wiops=100 rbps=100000");
        accepts(IO_MAX, disk() + " " + pair);

        assertThat(read(IO_MAX)).contains(pair.substring(0, 5) + "=max");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rbps=abc",
                "rbps=-1",
                "rbps=",
                "rbps",
                "max",
                "default",
                "iops=100",
                "rbps=99999999999999999999999",
                "rbps=100000 nonsense",
                "riops=1",
                "wiops=1",
                "wbps=200000 nonsense=5"
            })
    void whatTheKernelDoesNotUnderstandIsInvalid(String body) {
        accepts(IO_MAX, disk() + " rbps=2097152");

        refuses(Errno.EINVAL, IO_MAX, disk() + " " + body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rbps=0", "wbps=0", "riops=0", "wiops=0", "rbps=100000 wiops=0"})
    void zeroIsOutOfRange(String body) {
        accepts(IO_MAX, disk() + " rbps=2097152");

        refuses(Errno.ERANGE, IO_MAX, disk() + " " + body);
    }

    @Test
    void oneWriteNamesOneDisk() {
        refuses(Errno.EINVAL, IO_MAX, disk() + " rbps=100000\n" + fixture().otherDisk() + " rbps=100000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "max", "7 rbps=100000"})
    void whatNamesNoDeviceIsInvalid(String line) {
        refuses(Errno.EINVAL, IO_MAX, line);
    }

    @Test
    void whatIsNoDiskIsNoDevice() {
        refuses(Errno.ENODEV, IO_MAX, fixture().unknownDevice() + " rbps=100000");
        refuses(Errno.ENODEV, IO_MAX, fixture().unknownDevice() + " rbps=max wbps=max riops=max wiops=max");
        // a terminal's; the number of the null device, 1:3, is also that of a RAM disk, whose driver the kernel may
        // load for it
        refuses(Errno.ENODEV, IO_MAX, "5:0 rbps=100000");
    }

    @Test
    void aPartitionIsNoDevice() {
        assumeTrue(fixture().partition().isPresent(), "the fixture has no partition");
        refuses(Errno.ENODEV, IO_MAX, fixture().partition().orElseThrow() + " rbps=max");
    }

    @Test
    void theRootHasNoLimits() {
        assertThat(fixture().fs().exists(CgroupPath.ROOT, IO_MAX)).isFalse();
        assertThat(fixture()
                        .fs()
                        .write(CgroupPath.ROOT, IO_MAX, disk() + " rbps=100000")
                        .is(Errno.ENOENT))
                .isTrue();
    }

    @Test
    void withoutTheControllerInItsParentACgroupHasNoLimitsAndLosesThoseItHad() {
        var child = fixture().newChild(cgroup());
        var fs = fixture().fs();
        assertThat(fs.write(child, IO_MAX, disk() + " rbps=100000").isOk()).isTrue();

        accepts("cgroup.subtree_control", "-io");
        assertThat(fs.exists(child)).isTrue();
        assertThat(fs.exists(child, IO_MAX)).isFalse();

        accepts("cgroup.subtree_control", "+io");
        assertThat(read(child, IO_MAX)).isEmpty();
        fixture().remove(child);
    }
}
