/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import static io.diskguard.model.Rate.UNLIMITED;
import static io.diskguard.model.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.cgroup.v2.IoMaxDriver;
import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DeviceLimits;
import io.diskguard.model.IoLimit;
import io.diskguard.spi.CgroupDriver.ApplyResult;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.ReadBuffer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person reads when the kernel says no: the file, the line, and the kernel's own words. */
public final class RefusalsOnThisKernelTest {
    private static final IoLimit HUNDRED = new IoLimit(perSecond(100), perSecond(100), UNLIMITED, UNLIMITED);
    /** A character device's; that of the null device would be a RAM disk's too, which the kernel makes when it is asked for. */
    private static final DeviceId TERMINAL = new DeviceId(5, 0);

    private static final String NO_DEVICE = "No such device";
    private static final String INVALID = "Invalid argument";
    private static final String RANGE = "Numerical result out of range";
    private static final String NO_FILE = "No such file or directory";

    private final Cgroups cgroups = Cgroups.open(Machine.here());
    private final IoMaxDriver driver = new IoMaxDriver(cgroups.fs());
    private final CgroupPath cgroup = cgroups.newCgroup();
    private final DeviceId disk = cgroups.disk();

    public RefusalsOnThisKernelTest() {}

    @AfterEach
    void close() {
        driver.close();
        cgroups.close();
    }

    @Test
    void whatIsNoDiskIsRefusedWithWhatItIs() {
        rejected(cgroups.partition().orElseThrow(), HUNDRED, Errno.ENODEV, NO_DEVICE);
        rejected(cgroups.partition().orElseThrow(), IoLimit.UNLIMITED, Errno.ENODEV, NO_DEVICE);
        rejected(cgroups.unknownDevice(), HUNDRED, Errno.ENODEV, NO_DEVICE);
        rejected(TERMINAL, HUNDRED, Errno.ENODEV, NO_DEVICE);
    }

    @Test
    void oneOperationASecondIsRefusedAsInvalid() {
        rejected(disk, new IoLimit(perSecond(1), UNLIMITED, UNLIMITED, UNLIMITED), Errno.EINVAL, INVALID);
    }

    @Test
    void aLineThatTheKernelDoesNotTakeIsRefusedInItsWords() {
        Map.of(
                        "riops=-1", Errno.EINVAL,
                        "riops=abc", Errno.EINVAL,
                        "riops=99999999999999999999999", Errno.EINVAL,
                        "garbage", Errno.EINVAL,
                        "iops=5", Errno.EINVAL,
                        "riops=1", Errno.EINVAL,
                        "riops=0", Errno.ERANGE,
                        "rbps=0", Errno.ERANGE)
                .forEach((body, errno) ->
                        refused("io.max", disk + " " + body, errno, errno == Errno.ERANGE ? RANGE : INVALID));
        refused("io.max", cgroups.partition().orElseThrow() + " riops=max", Errno.ENODEV, NO_DEVICE);
        assertThat(cgroups.read(cgroup, "io.max")).isEmpty();
    }

    @Test
    void whatIsTakenAndLimitsNothingIsNoLimit() {
        driver.apply(cgroup, disk, HUNDRED);

        assertThat(cgroups.fs().write(cgroup, "io.max", disk + " riops=5000000000 wiops=5000000000"))
                .isEqualTo(FsResult.OK);
        assertThat(cgroups.fs().write(cgroup, "io.max", disk.toString())).isEqualTo(FsResult.OK);

        assertThat(cgroups.read(cgroup, "io.max")).isEmpty();
        assertThat(driver.read(cgroup)).isEqualTo(new ReadResult.Found(DeviceLimits.of(Map.of())));
    }

    @Test
    void whereTheControllerIsOffItIsSaidAndNeverThatTheCgroupIsGone() {
        controllerOff(CgroupPath.ROOT);

        cgroups.write(cgroups.parent(), "cgroup.subtree_control", "-io");

        controllerOff(cgroup);
        assertThat(cgroups.fs().exists(cgroup)).isTrue();
    }

    @Test
    void aControllerThatTheParentHasNotOrThatChildrenUseIsRefused() {
        var child = cgroups.newChild(cgroup);
        refused(cgroups.parent(), "cgroup.subtree_control", "-io", Errno.EBUSY, "Device or resource busy");
        refused(cgroup, "cgroup.subtree_control", "+nonsense", Errno.EINVAL, INVALID);

        cgroups.write(cgroup, "cgroup.subtree_control", "-io");
        cgroups.write(cgroups.parent(), "cgroup.subtree_control", "-io");

        refused(cgroup, "cgroup.subtree_control", "+io", Errno.ENOENT, NO_FILE);
        assertThat(cgroups.fs().exists(child)).isTrue();
    }

    @Test
    void aProcessHasNoPlaceInAPodsSlice() {
        cgroups.newChild(cgroup);

        refused("cgroup.procs", "0", Errno.EBUSY, "Device or resource busy");
    }

    @Test
    void whatIsNotSupportedIsSaidToBe() {
        cgroups.write(cgroup, "cgroup.subtree_control", "-io -memory");
        var threaded = cgroup.child("threaded");
        assertThat(cgroups.fs().mkdir(threaded)).isEqualTo(FsResult.OK);
        cgroups.write(threaded, "cgroup.type", "threaded");

        assertThat(cgroups.fs().read(threaded, "cgroup.procs", new ReadBuffer()))
                .isInstanceOfSatisfying(FsResult.Failed.class, failed -> {
                    assertThat(failed.errno()).isEqualTo(Errno.EOPNOTSUPP);
                    assertThat(failed.detail()).contains("/threaded/cgroup.procs", "Operation not supported");
                });
    }

    private void rejected(DeviceId device, IoLimit limit, Errno errno, String words) {
        assertThat(driver.apply(cgroup, device, limit))
                .as("%s %s", device, limit)
                .isInstanceOfSatisfying(ApplyResult.Rejected.class, rejected -> {
                    assertThat(rejected.errno()).isEqualTo(errno);
                    assertThat(rejected.detail())
                            .contains(
                                    cgroups.directory(cgroup) + "/io.max",
                                    words,
                                    "(wrote \"" + device + " " + limit + "\")");
                });
        assertThat(cgroups.read(cgroup, "io.max")).isEmpty();
    }

    private void refused(String file, String line, Errno errno, String words) {
        refused(cgroup, file, line, errno, words);
    }

    private void refused(CgroupPath at, String file, String line, Errno errno, String words) {
        assertThat(cgroups.fs().write(at, file, line))
                .as("\"%s\" to %s", line, file)
                .isInstanceOfSatisfying(FsResult.Failed.class, failed -> {
                    assertThat(failed.errno()).isEqualTo(errno);
                    assertThat(failed.detail()).isEqualTo(cgroups.directory(at).resolve(file) + ": " + words);
                });
    }

    private void controllerOff(CgroupPath at) {
        var detail = cgroups.directory(at).resolve("io.max") + ": " + NO_FILE;
        assertThat(driver.apply(at, disk, HUNDRED)).isEqualTo(new ApplyResult.ControllerOff(detail));
        assertThat(driver.clear(at, disk)).isEqualTo(new ApplyResult.ControllerOff(detail));
        assertThat(driver.read(at)).isEqualTo(new ReadResult.ControllerOff(detail));
    }
}
