/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.cgroup.signal.HostSignals;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoPressure;
import io.diskguard.spi.IoSignals.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether it can be told that a disk is contended, for smart_limit_only_under_pressure. */
final class ContentionCheck implements Check {
    @Override
    public String id() {
        return "contention";
    }

    @Override
    public String name() {
        return "contention";
    }

    @Override
    public Set<String> needs() {
        return Set.of(MountsCheck.ID, DriverCheck.ID, DisksCheck.ID);
    }

    @Override
    public List<Finding> look(Subject node) {
        var signals = HostSignals.of(node.environment());
        var findings = new ArrayList<Finding>();
        findings.add(of(signals.ofNode(), "read the node's pressure"));
        var cgroup = cgroup(node);
        findings.add(of(signals.ofCgroup(cgroup), "read io.pressure of the cgroup " + cgroup));
        for (var disk : node.disks()) {
            var tried = "read the activity of " + disk;
            var answer = signals.activity(disk.id());
            findings.add(
                    answer instanceof Signal.Known<DiskActivity>
                            ? Finding.ok(this, tried, "it is known")
                            : Finding.note(
                                    this,
                                    tried,
                                    answer instanceof Signal.Unavailable<DiskActivity> no
                                            ? no.reason()
                                            : "the disk is gone",
                                    "how long its operations take cannot be told"));
        }
        return findings;
    }

    private Finding of(Signal<IoPressure> answer, String tried) {
        if (answer instanceof Signal.Known<IoPressure> known) {
            return Finding.ok(
                    this, tried, "some avg60 is " + known.value().some().avg60() + " %");
        }
        return Finding.note(
                this,
                tried,
                answer instanceof Signal.Unavailable<IoPressure> no ? no.reason() : "the cgroup is gone",
                "contention is told by how long the disks' operations take, which needs half an hour of history");
    }

    /** Some cgroup that is not the root, where there is one. */
    private static CgroupPath cgroup(Subject node) {
        var driver = node.driver();
        if (driver.isEmpty()) {
            return CgroupPath.ROOT;
        }
        try (var open = driver.get()) {
            var fs = open.hierarchy();
            return Optional.of(fs.children(CgroupPath.ROOT))
                    .filter(it -> !it.isEmpty())
                    .map(it -> CgroupPath.ROOT.child(it.get(0)))
                    .orElse(CgroupPath.ROOT);
        }
    }
}
