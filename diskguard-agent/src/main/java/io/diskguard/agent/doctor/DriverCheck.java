/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.agent.node.Kernel;
import io.diskguard.provider.ProviderReport;
import io.diskguard.provider.ProviderSelectionException;
import java.util.List;
import java.util.Set;

/** Which cgroup driver fits, and why the others do not. */
final class DriverCheck implements Check {
    static final String ID = "cgroup-driver";
    private static final String TRIED = "asked every driver whether it can work here (cgroup_version chooses one)";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String name() {
        return "cgroup driver";
    }

    @Override
    public Set<String> needs() {
        return Set.of(MountsCheck.ID);
    }

    @Override
    public List<Finding> look(Subject node) {
        try {
            var chosen = Kernel.chooseDriver(node.environment(), node.providers(), node.config());
            return List.of(Finding.ok(this, TRIED, lines(chosen.report())));
        } catch (ProviderSelectionException e) {
            return List.of(Finding.wrong(
                    this,
                    TRIED,
                    String.valueOf(e.getMessage()),
                    "run as root; in a container mount the host's /sys/fs/cgroup read-write and start with the host's cgroup namespace;"
                            + " on v2 the io controller must be on"));
        }
    }

    private static String lines(ProviderReport report) {
        return String.join("\n", report.lines());
    }
}
