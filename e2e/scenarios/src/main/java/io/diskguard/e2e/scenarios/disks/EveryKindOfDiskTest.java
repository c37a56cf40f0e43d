/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.disks;

import static io.diskguard.e2e.scenarios.disks.Limits.limit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.diskguard.cgroup.v2.IoStat;
import io.diskguard.device.DeviceResolver;
import io.diskguard.device.DiskResolution;
import io.diskguard.e2e.scenarios.machine.Accuracy;
import io.diskguard.e2e.scenarios.machine.Accuracy.Expected;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.e2e.scenarios.machine.Machine.Volume;
import io.diskguard.e2e.scenarios.machine.Meter.Place;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.LimitKey;
import io.diskguard.spi.CounterMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Each kind of disk of this machine at once, a container on each. */
public final class EveryKindOfDiskTest {
    // low: all together are far from what the slowest machine can do
    private static final long LIMIT = 40;
    private static final long BELOW = 20;

    /** Those whose every write goes through each disk below, so that a limit there is one of the whole. */
    private static final List<String> WHOLE = List.of("lvm", "crypt", "mirror");

    public EveryKindOfDiskTest() {}

    /** Else the others here would hold for fewer, and say nothing. */
    @Test
    void thisMachineHasADiskOfEachKind() throws IOException {
        var machine = Machine.here();
        assertThat(machine.volumes().keySet())
                .containsExactlyInAnyOrder(
                        "data", "partition", "lvm", "lvm-xfs", "crypt", "mirror", "stripes", "multipath", "namespace");
        assertThat(Layers.isPartition(mounted(machine, "data"))).isFalse();
        assertThat(Layers.isPartition(mounted(machine, "partition"))).isTrue();
        assertThat(said(machine, "lvm", "dm/uuid")).startsWith("LVM-");
        assertThat(said(machine, "lvm-xfs", "dm/uuid")).startsWith("LVM-");
        assertThat(Layers.below(machine.volume("lvm-xfs").disk())).hasSize(2);
        assertThat(said(machine, "crypt", "dm/uuid")).startsWith("CRYPT-");
        assertThat(said(machine, "mirror", "md/level")).isEqualTo("raid1");
        assertThat(said(machine, "stripes", "md/level")).isEqualTo("raid0");
        assertThat(Layers.paths(machine.volume("multipath").disk())).hasSize(2);
        assertThat(Layers.paths(machine.volume("namespace").disk())).hasSizeLessThan(2);
    }

    private static String said(Machine machine, String volume, String attribute) throws IOException {
        return Layers.attribute(machine.volume(volume).disk(), attribute);
    }

    private static Path mounted(Machine machine, String volume) throws IOException {
        return Path.of(Files.getFileStore(machine.volume(volume).mount()).name());
    }

    @Test
    void aMountLeadsToTheDeviceThatTheKernelLimits() {
        var devices = new DeviceResolver(Machine.paths());
        for (var volume : Machine.here().volumes().values()) {
            var found = devices.ofMount(volume.mount().toString());

            assertThat(found).as(volume.name()).isInstanceOf(DiskResolution.Found.class);
            assertThat(((DiskResolution.Found) found).disks())
                    .as(volume.name())
                    .extracting(Disk::id)
                    .containsExactly(Layers.number(volume.node()));
        }
    }

    @Test
    void writesKeepToALimitOnTheDiskAndToOneOnADiskBelowIt(TestReporter figures) {
        try (var loads = new Loads()) {
            var expected = new ArrayList<Expected>();
            var charged = new LinkedHashMap<Volume, Place>();
            for (var volume : loads.volumes(0)) {
                var place = loads.limited(volume, limit(LimitKey.WIOPS, LIMIT));
                charged.put(volume, place);
                loads.writes(place.cgroup(), volume, Loads.PAGE);
                expected.add(new Expected(volume.name(), place, LimitKey.WIOPS, LIMIT));
                if (WHOLE.contains(volume.name())) {
                    var below = new Place(
                            loads.cgroups().newCgroup(),
                            Layers.below(volume.disk()).get(0));
                    loads.limit(below.cgroup(), below.disk(), limit(LimitKey.WIOPS, BELOW));
                    loads.writes(below.cgroup(), volume, Loads.PAGE);
                    expected.add(new Expected(volume.name() + ", limited below", below, LimitKey.WIOPS, BELOW));
                    expected.add(new Expected(
                            volume.name() + ", limited below, above it",
                            new Place(below.cgroup(), volume.disk()),
                            LimitKey.WIOPS,
                            BELOW));
                }
            }
            new Accuracy(loads.cgroups(), figures).assertKept(expected);
            charged.forEach((volume, place) -> assertChargedAtEachLayer(loads, volume, place, figures));
        }
    }

    private static void assertChargedAtEachLayer(Loads loads, Volume volume, Place place, TestReporter figures) {
        var written = written(loads, place);
        var own = (double) written.getOrDefault(place.disk(), 0L);
        figures.publishEntry(
                volume.name() + " is charged at",
                written.entrySet().stream()
                        .map(entry ->
                                Machine.name(entry.getKey()) + " " + Math.round(100 * entry.getValue() / own) + " %")
                        .collect(Collectors.joining(", ")));
        var below = Layers.below(place.disk());
        assertThat(written.keySet()).as(volume.name()).contains(place.disk()).containsAll(below);
        assertThat(written).as(volume.name()).hasSize(1 + below.size());
        // a stripe is on one of them, all else on each
        var shares = below.stream().map(disk -> written.get(disk) / own).toList();
        if (volume.name().equals("lvm-xfs") || volume.name().equals("stripes")) {
            assertThat(shares.stream().mapToDouble(share -> share).sum())
                    .as(volume.name())
                    .isCloseTo(1, within(0.02));
        } else {
            assertThat(shares).as(volume.name()).allSatisfy(share -> assertThat(share)
                    .isCloseTo(1, within(0.02)));
        }
    }

    /** Bytes that the cgroup wrote, by disk. */
    private static Map<DeviceId, Long> written(Loads loads, Place place) {
        var counted = new CounterMap();
        try (var stat = new IoStat(loads.cgroups().fs())) {
            stat.sample(place.cgroup(), counted);
        }
        return counted.counters().entrySet().stream()
                .filter(entry -> entry.getValue().wbytes() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().wbytes(), Long::sum, TreeMap::new));
    }
}
