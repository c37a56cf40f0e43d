/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code blkio.throttle.*} of cgroup v1 answers, measured on Linux 6.18: the simulated kernel and the real one agree. */
public abstract class V1AnswersTck extends CgroupFsTck {
    private static final String READ_IOPS = "blkio.throttle.read_iops_device";
    private static final String WRITE_IOPS = "blkio.throttle.write_iops_device";
    private static final String READ_BPS = "blkio.throttle.read_bps_device";
    private static final String WRITE_BPS = "blkio.throttle.write_bps_device";
    private static final String SERVICED = "blkio.throttle.io_serviced";
    private static final String BYTES = "blkio.throttle.io_service_bytes";

    /** For subclasses: opens nothing yet. */
    protected V1AnswersTck() {}

    @ParameterizedTest
    @ValueSource(strings = {READ_IOPS, WRITE_IOPS, READ_BPS, WRITE_BPS})
    void aNumberIsReadBackAndZeroRemovesIt(String file) {
        accepts(file, disk() + " 120");
        assertThat(read(file)).isEqualTo(disk() + " 120\n");

        accepts(file, disk() + " 0");
        assertThat(read(file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {READ_IOPS, WRITE_IOPS, READ_BPS, WRITE_BPS, SERVICED, BYTES})
    void theRootHasTheFilesToo(String file) {
        assertThat(fixture().fs().exists(CgroupPath.ROOT, file)).isTrue();
        read(CgroupPath.ROOT, file);
    }

    @ParameterizedTest
    @ValueSource(strings = {READ_IOPS, WRITE_IOPS, READ_BPS, WRITE_BPS})
    void oneASecondIsAccepted(String file) {
        accepts(file, disk() + " 1");

        assertThat(read(file)).isEqualTo(disk() + " 1\n");
    }

    @Test
    void operationsAreCutToThirtyTwoBits() {
        accepts(READ_IOPS, disk() + " 5000000000");
        assertThat(read(READ_IOPS)).isEqualTo(disk() + " 705032704\n");

        accepts(READ_IOPS, disk() + " 4294967297");
        assertThat(read(READ_IOPS)).isEqualTo(disk() + " 1\n");

        accepts(READ_IOPS, disk() + " 4294967295");
        assertThat(read(READ_IOPS)).isEmpty();
    }

    @Test
    void aMultipleOfThirtyTwoBitsLeavesALimitOfZero() {
        accepts(READ_IOPS, disk() + " 4294967296");
        assertThat(read(READ_IOPS)).isEqualTo(disk() + " 0\n");

        accepts(READ_IOPS, disk() + " 0");
        assertThat(read(READ_IOPS)).isEmpty();
    }

    @Test
    void bytesKeepSixtyFourBits() {
        accepts(READ_BPS, disk() + " 5000000000");
        assertThat(read(READ_BPS)).isEqualTo(disk() + " 5000000000\n");

        accepts(READ_BPS, disk() + " 18446744073709551614");
        assertThat(read(READ_BPS)).isEqualTo(disk() + " 18446744073709551614\n");

        accepts(READ_BPS, disk() + " 18446744073709551615");
        assertThat(read(READ_BPS)).isEmpty();
    }

    @Test
    void moreThanSixtyFourBitsWrapAround() {
        accepts(READ_BPS, disk() + " 18446744073709551618");

        assertThat(read(READ_BPS)).isEqualTo(disk() + " 2\n");
    }

    @Test
    void onlyTheLeadingDigitsCount() {
        accepts(READ_BPS, "  " + disk() + "   12x 99");

        assertThat(read(READ_BPS)).isEqualTo(disk() + " 12\n");
    }

    @Test
    void secondLinesAreIgnored() {
        accepts(READ_BPS, disk() + " 7\n" + disk() + " 9");

        assertThat(read(READ_BPS)).isEqualTo(disk() + " 7\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "+5", "max", ""})
    void whatIsNoNumberIsInvalid(String value) {
        accepts(READ_BPS, disk() + " 100");

        refuses(Errno.EINVAL, READ_BPS, disk() + " " + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1 3", ":1 3", "7: 3"})
    void whatNamesNoDeviceIsInvalid(String line) {
        refuses(Errno.EINVAL, READ_BPS, line);
    }

    @Test
    void aDeviceWithoutANumberIsInvalid() {
        refuses(Errno.EINVAL, READ_BPS, disk().toString());
    }

    @Test
    void anUnknownDeviceIsNoDevice() {
        refuses(Errno.ENODEV, READ_BPS, fixture().unknownDevice() + " 100");
        refuses(Errno.ENODEV, READ_BPS, fixture().unknownDevice() + " 0");
        // a terminal's; the number of the null device, 1:3, is also that of a RAM disk, whose driver the kernel may
        // load for it
        refuses(Errno.ENODEV, READ_BPS, "5:0 100");
    }

    @Test
    void aPartitionIsNoDevice() {
        assumeTrue(fixture().partition().isPresent(), "the fixture has no partition");
        refuses(Errno.ENODEV, READ_BPS, fixture().partition().orElseThrow() + " 100");
    }

    @Test
    void disksAreKeptApart() {
        accepts(READ_BPS, disk() + " 100000");
        accepts(READ_BPS, fixture().otherDisk() + " 200000");
        accepts(READ_BPS, disk() + " 0");

        assertThat(read(READ_BPS)).isEqualTo(fixture().otherDisk() + " 200000\n");
    }

    @Test
    void aRuleOfZeroSwitchesCountingOn() {
        accepts(READ_BPS, disk() + " 0");

        for (var file : new String[] {SERVICED, BYTES}) {
            assertThat(read(file).lines())
                    .contains(disk() + " Read 0", disk() + " Write 0", disk() + " Total 0", "Total 0");
        }
    }

    @Test
    void aChildDoesNotInheritTheRule() {
        var child = fixture().newChild(cgroup());
        accepts(READ_BPS, disk() + " 100000");

        assertThat(read(child, READ_BPS)).isEmpty();
        fixture().remove(child);
    }
}
