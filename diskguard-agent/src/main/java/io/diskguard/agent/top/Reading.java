/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.model.Disk;
import io.diskguard.model.IoPressure;
import io.diskguard.model.IoRates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was seen of the node at one time. Immutable.
 *
 * @param node its name; empty where it has none
 * @param interval since the reading before; zero for the first
 * @param pods how many there are
 * @param pressure how much the node's tasks waited for IO; empty where the kernel does not say
 * @param troubles what keeps something from being seen, for a person to read
 */
record Reading(
        Optional<String> node,
        Instant at,
        Duration interval,
        int pods,
        Optional<IoPressure> pressure,
        List<DiskState> disks,
        List<Row> rows,
        List<String> troubles) {
    Reading {
        disks = List.copyOf(disks);
        rows = List.copyOf(rows);
        troubles = List.copyOf(troubles);
    }

    /** Those of the rows that matter. */
    Reading only(Predicate<Row> which) {
        return new Reading(
                node,
                at,
                interval,
                pods,
                pressure,
                disks,
                rows.stream().filter(which).toList(),
                troubles);
    }

    long containers() {
        return rows.stream().map(Row::cgroup).distinct().count();
    }

    /**
     * Containers on a disk, together.
     *
     * @param containers how many
     */
    record Total(long containers, IoRates rates) {}

    /** Of the containers with a limit on the disk, or of those without. */
    Total total(Disk disk, boolean limited) {
        var of = rows.stream()
                .filter(row -> row.disk().equals(disk) && row.isLimited() == limited)
                .toList();
        var sum = of.stream()
                .flatMap(row -> row.rates().stream())
                .reduce(
                        IoRates.ZERO,
                        (one, other) -> new IoRates(
                                one.riops() + other.riops(),
                                one.wiops() + other.wiops(),
                                one.rbps() + other.rbps(),
                                one.wbps() + other.wbps()));
        return new Total(of.size(), sum);
    }
}
