/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import static io.diskguard.model.Rate.UNLIMITED;
import static io.diskguard.model.Rate.perSecond;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.cgroup.signal.HostSignals;
import io.diskguard.cgroup.v2.IoMaxDriver;
import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoPressure;
import io.diskguard.spi.CgroupDriver.ApplyResult;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoSignals;
import io.diskguard.spi.IoSignals.Signal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pressure of the node and of its cgroups, and what disks did, while processes write. */
public final class HostSignalsOnThisKernelTest {
    private static final int BLOCK = 4096;
    private static final IoLimit TWENTY_WRITES = new IoLimit(UNLIMITED, perSecond(20), UNLIMITED, UNLIMITED);

    private final Machine machine = Machine.here();
    private final IoSignals signals = HostSignals.of(Environment.system());

    public HostSignalsOnThisKernelTest() {}

    @Test
    void whoWaitsForItsLimitShowsInItsPressureAndInTheNodesAndNotInItsNeighbours() {
        try (var cgroups = Cgroups.open(machine);
                var driver = new IoMaxDriver(cgroups.fs())) {
            var waiting = cgroups.newCgroup();
            var idle = cgroups.newCgroup();
            assertThat(driver.apply(waiting, cgroups.otherDisk(), TWENTY_WRITES))
                    .isInstanceOf(ApplyResult.Applied.class);
            var node = known(signals.ofNode());
            var before = ofCgroup(waiting);

            // a second and a half of waiting
            SpareDisk.write(cgroups, waiting, cgroups.otherDisk(), 30, BLOCK);

            var waited = ofCgroup(waiting).some().totalMicros() - before.some().totalMicros();
            assertThat(waited).isBetween(700_000L, 6_000_000L);
            assertThat(known(signals.ofNode()).some().totalMicros())
                    .isGreaterThan(node.some().totalMicros() + 500_000);
            assertThat(ofCgroup(idle).some().totalMicros()).isZero();
        }
    }

    @Test
    void pressureThatIsSwitchedOffIsSaidToBe() {
        try (var cgroups = Cgroups.open(machine)) {
            var cgroup = cgroups.newCgroup();
            cgroups.write(cgroup, "cgroup.pressure", "0");
            assertThat(signals.ofCgroup(cgroup))
                    .isEqualTo(new Signal.Unavailable<>("cgroup.pressure of " + cgroup + " is 0: switched off"));

            cgroups.write(cgroup, "cgroup.pressure", "1");
            assertThat(signals.ofCgroup(cgroup)).isInstanceOf(Signal.Known.class);

            cgroups.remove(cgroup);
            assertThat(signals.ofCgroup(cgroup)).isEqualTo(new Signal.Gone<>());
        }
    }

    @Test
    void whatADiskDidShowsInItsActivity() {
        try (var cgroups = Cgroups.open(machine)) {
            var disk = cgroups.otherDisk();
            var cgroup = cgroups.newCgroup();
            var before = activity(cgroups);

            SpareDisk.write(cgroups, cgroup, disk, 32, BLOCK);

            var rates = activity(cgroups).since(before, Duration.ofSeconds(2)).orElseThrow();
            assertThat(rates.wiops()).isEqualTo(16);
            assertThat(rates.wbps()).isEqualTo(16 * BLOCK);
            assertThat(rates.utilisation()).isBetween(0.0, 1.0);
            assertThat(rates.awaitMillis()).isPresent();
            assertThat(signals.activity(cgroups.unknownDevice())).isEqualTo(new Signal.Gone<>());
        }
    }

    private DiskActivity activity(Cgroups cgroups) {
        return known(signals.activity(cgroups.otherDisk()));
    }

    private IoPressure ofCgroup(CgroupPath cgroup) {
        return known(signals.ofCgroup(cgroup));
    }

    private static <T> T known(Signal<T> signal) {
        assertThat(signal).isInstanceOf(Signal.Known.class);
        return signal.toOptional().orElseThrow();
    }
}
