/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An element of {@code data_disks}. Immutable.
 *
 * @param iops 0: not known; empty: as for every disk
 * @param bps likewise
 */
record DiskOverride(String device, Optional<Long> iops, Optional<Long> bps) {
    private static final String EXPECTED = "a list such as [{device: nvme0n1, total_iops: 100k, total_bps: 2G}]";
    private static final ValueType<DiskOverride> ELEMENT =
            new ValueType<>("a disk such as {device: nvme0n1, total_iops: 100k}", DiskOverride::parse);
    static final ValueType<List<DiskOverride>> LIST = new ValueType<>(EXPECTED, DiskOverride::parseList);

    DiskCapacity over(DiskCapacity general) {
        return new DiskCapacity(
                iops.map(DiskOverride::known).orElse(general.iops()),
                bps.map(DiskOverride::known).orElse(general.bps()));
    }

    static OptionalLong known(long number) {
        return number == 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private static Parsed<DiskOverride> parse(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return Parsed.invalid(value, ELEMENT.expected());
        }
        var fields = new Structure(map);
        var device = fields.get("device", Types.TEXT);
        if (!fields.has("device")) {
            fields.flaw("device", "the disk's kernel name, by-id path or MAJ:MIN");
        }
        var iops = fields.get("total_iops", Types.OPERATIONS_POSSIBLE);
        var bps = fields.get("total_bps", Types.BYTES_POSSIBLE);
        if (!fields.has("total_iops") && !fields.has("total_bps")) {
            fields.flaw("total_iops", "total_iops, total_bps or both");
        }
        var flaws = fields.flaws();
        return flaws.isEmpty() && device.isPresent()
                ? new Parsed.Valid<>(new DiskOverride(device.get(), iops, bps))
                : new Parsed.Invalid<>(flaws);
    }

    private static Parsed<List<DiskOverride>> parseList(Object value) {
        var parsed = Lists.parseJson(value, ELEMENT, EXPECTED);
        if (!(parsed instanceof Parsed.Valid<List<DiskOverride>> disks)) {
            return parsed;
        }
        var seen = new ArrayList<String>();
        var flaws = new ArrayList<Flaw>();
        for (var disk : disks.value()) {
            if (seen.contains(disk.device()) && flaws.size() < Flaw.MOST) {
                flaws.add(new Flaw("", disk.device(), "each disk once"));
            }
            seen.add(disk.device());
        }
        return flaws.isEmpty() ? parsed : new Parsed.Invalid<>(flaws);
    }
}
