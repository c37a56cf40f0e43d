/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static io.diskguard.model.Rate.UNLIMITED;
import static io.diskguard.model.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DeviceLimits;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupDriver.ApplyResult;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.Errno;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link CgroupDriver} promises, on a real kernel as on the simulated one. */
public abstract class CgroupDriverTck {
    private static final IoLimit ALL_FOUR =
            new IoLimit(perSecond(500), perSecond(400), perSecond(10 << 20), perSecond(5 << 20));
    private static final ApplyResult APPLIED = new ApplyResult.Applied();
    private static final ApplyResult GONE = new ApplyResult.Gone();

    private CgroupDriverFixture fixture;
    private CgroupDriver driver;
    private CgroupFixture cgroups;
    private CgroupPath cgroup;
    private DeviceId disk;

    /** For subclasses: opens nothing yet. */
    protected CgroupDriverTck() {}

    /** Opens a driver on a hierarchy of its own; called before each test and closed after it. */
    protected abstract CgroupDriverFixture openFixture();

    @BeforeEach
    final void open() {
        fixture = openFixture();
        driver = fixture.driver();
        cgroups = fixture.cgroups();
        cgroup = cgroups.newCgroup();
        disk = cgroups.disk();
    }

    @AfterEach
    final void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @Test
    void aFreshCgroupHasNoLimit() {
        assertThat(limits(cgroup)).isEqualTo(DeviceLimits.NONE);
    }

    @Test
    void allFourNumbersAreReadBackAsTheyWereApplied() {
        assertThat(driver.apply(cgroup, disk, ALL_FOUR)).isEqualTo(APPLIED);

        assertThat(limits(cgroup)).isEqualTo(DeviceLimits.of(Map.of(disk, ALL_FOUR)));
    }

    @ParameterizedTest
    @EnumSource
    void eachNumberCanBeLimitedAlone(LimitKey key) {
        var limit = IoLimit.UNLIMITED.with(key, perSecond(123_456));

        assertThat(driver.apply(cgroup, disk, limit)).isEqualTo(APPLIED);

        assertThat(limits(cgroup).get(disk)).isEqualTo(limit);
    }

    @ParameterizedTest
    @EnumSource
    void liftingOneNumberKeepsTheOtherThree(LimitKey key) {
        driver.apply(cgroup, disk, ALL_FOUR);

        assertThat(driver.apply(cgroup, disk, ALL_FOUR.with(key, UNLIMITED))).isEqualTo(APPLIED);

        assertThat(limits(cgroup).get(disk)).isEqualTo(ALL_FOUR.with(key, UNLIMITED));
    }

    @ParameterizedTest
    @EnumSource
    void aNewLimitReplacesTheWholeOldOne(LimitKey key) {
        driver.apply(cgroup, disk, ALL_FOUR);
        var limit = IoLimit.UNLIMITED.with(key, perSecond(70_000));

        driver.apply(cgroup, disk, limit);

        assertThat(limits(cgroup).get(disk)).isEqualTo(limit);
    }

    @Test
    void applyingTheSameTwiceIsAsGoodAsOnce() {
        driver.apply(cgroup, disk, ALL_FOUR);

        assertThat(driver.apply(cgroup, disk, ALL_FOUR)).isEqualTo(APPLIED);

        assertThat(limits(cgroup)).isEqualTo(DeviceLimits.of(Map.of(disk, ALL_FOUR)));
    }

    @Test
    void twoDisksDoNotDisturbEachOther() {
        var other = new IoLimit(UNLIMITED, perSecond(77), perSecond(1 << 20), UNLIMITED);

        driver.apply(cgroup, disk, ALL_FOUR);
        driver.apply(cgroup, cgroups.otherDisk(), other);

        assertThat(limits(cgroup)).isEqualTo(DeviceLimits.of(Map.of(disk, ALL_FOUR, cgroups.otherDisk(), other)));
    }

    @Test
    void clearingOneDiskLeavesTheOther() {
        driver.apply(cgroup, disk, ALL_FOUR);
        driver.apply(cgroup, cgroups.otherDisk(), ALL_FOUR);

        assertThat(driver.clear(cgroup, disk)).isEqualTo(APPLIED);

        assertThat(limits(cgroup)).isEqualTo(DeviceLimits.of(Map.of(cgroups.otherDisk(), ALL_FOUR)));
    }

    @Test
    void clearingWhatWasNeverLimitedIsFine() {
        assertThat(driver.clear(cgroup, disk)).isEqualTo(APPLIED);

        assertThat(limits(cgroup)).isEqualTo(DeviceLimits.NONE);
    }

    @Test
    void asManyOperationsAsTheKernelCanCountAreNoLimit() {
        var limit = new IoLimit(perSecond(0xffff_ffffL), perSecond(5_000_000_000L), perSecond(1 << 20), UNLIMITED);

        assertThat(driver.apply(cgroup, disk, limit)).isEqualTo(APPLIED);

        assertThat(limits(cgroup).get(disk))
                .isEqualTo(new IoLimit(UNLIMITED, UNLIMITED, perSecond(1 << 20), UNLIMITED));
    }

    @Test
    void bytesHaveSixtyFourBits() {
        var limit =
                new IoLimit(UNLIMITED, perSecond(0xffff_fffeL), perSecond(5_000_000_000L), perSecond(Long.MAX_VALUE));

        assertThat(driver.apply(cgroup, disk, limit)).isEqualTo(APPLIED);

        assertThat(limits(cgroup).get(disk)).isEqualTo(limit);
    }

    @Test
    void aPartitionIsRefusedAsTheKernelRefusesIt() {
        assumeTrue(cgroups.partition().isPresent(), "the fixture has no partition");

        isRefused(cgroups.partition().orElseThrow());
    }

    @Test
    void anUnknownDeviceIsRefusedAsTheKernelRefusesIt() {
        isRefused(cgroups.unknownDevice());
    }

    private void isRefused(DeviceId device) {
        driver.apply(cgroup, disk, ALL_FOUR);

        assertThat(driver.apply(cgroup, device, ALL_FOUR))
                .isInstanceOfSatisfying(ApplyResult.Rejected.class, rejected -> {
                    assertThat(rejected.errno()).isEqualTo(Errno.ENODEV);
                    assertThat(rejected.detail()).contains(device.toString());
                });

        assertThat(limits(cgroup)).isEqualTo(DeviceLimits.of(Map.of(disk, ALL_FOUR)));
    }

    @Test
    void aCgroupThatVanishedIsGone() {
        driver.apply(cgroup, disk, ALL_FOUR);
        cgroups.remove(cgroup);

        assertThat(driver.apply(cgroup, disk, ALL_FOUR)).isEqualTo(GONE);
        assertThat(driver.clear(cgroup, disk)).isEqualTo(GONE);
        assertThat(driver.read(cgroup)).isEqualTo(new ReadResult.Gone());
    }

    @Test
    void aCgroupThatNeverWasIsNotCreated() {
        var never = cgroups.parent().child("never-was");

        assertThat(driver.apply(never, disk, ALL_FOUR)).isEqualTo(GONE);

        assertThat(driver.hierarchy().exists(never)).isFalse();
        assertThat(driver.hierarchy().children(cgroups.parent())).doesNotContain("never-was");
    }

    @Test
    void aLimitThatSomeoneElseSetIsRead() {
        var fs = driver.hierarchy();
        var written = fs.exists(cgroup, "io.max")
                ? fs.write(cgroup, "io.max", disk + " rbps=1048576")
                : fs.write(cgroup, "blkio.throttle.read_bps_device", disk + " 1048576");
        assertThat(written.isOk()).isTrue();

        assertThat(limits(cgroup).get(disk))
                .isEqualTo(new IoLimit(UNLIMITED, UNLIMITED, perSecond(1 << 20), UNLIMITED));
    }

    @Test
    void aParentsLimitIsNotReportedOnItsChild() {
        var child = cgroups.newChild(cgroup);

        driver.apply(cgroup, disk, ALL_FOUR);

        assertThat(limits(child)).isEqualTo(DeviceLimits.NONE);
        cgroups.remove(child);
    }

    @Test
    void aMarkGoesWithItsCgroup() {
        var fs = driver.hierarchy();
        driver.apply(cgroup, disk, ALL_FOUR);
        assertThat(fs.setAttribute(cgroup, "diskguard-tck", "mark").isOk()).isTrue();
        assertThat(fs.attribute(cgroup, "diskguard-tck")).isEqualTo(new AttributeResult.Present("mark"));

        cgroups.remove(cgroup);

        assertThat(fs.attribute(cgroup, "diskguard-tck")).isEqualTo(AttributeResult.ABSENT);
    }

    @Test
    void theRootCgroupGivesAnAnswer() {
        assertThat(driver.read(CgroupPath.ROOT)).isNotInstanceOf(ReadResult.Gone.class);
        assertThat(driver.clear(CgroupPath.ROOT, disk)).isNotInstanceOf(ApplyResult.Gone.class);
    }

    @Test
    void differentCgroupsCanBeLimitedAtOnce() throws Exception {
        var many = IntStream.range(0, 40).mapToObj(i -> cgroups.newCgroup()).toList();
        var threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<ApplyResult>> tasks = IntStream.range(0, many.size())
                    .<Callable<ApplyResult>>mapToObj(i -> () -> driver.apply(many.get(i), disk, numbered(i)))
                    .toList();
            for (var result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isEqualTo(APPLIED);
            }
        } finally {
            threads.shutdownNow();
        }
        for (var i = 0; i < many.size(); i++) {
            assertThat(limits(many.get(i)).get(disk)).isEqualTo(numbered(i));
        }
    }

    private static IoLimit numbered(int i) {
        return new IoLimit(perSecond(100 + i), perSecond(200 + i), perSecond(100_000 + i), perSecond(200_000 + i));
    }

    private DeviceLimits limits(CgroupPath of) {
        var result = driver.read(of);
        assertThat(result).isInstanceOf(ReadResult.Found.class);
        return ((ReadResult.Found) result).limits();
    }
}
