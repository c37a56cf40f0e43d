/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which cgroup driver the kubelet uses, and where its pods are. */
final class KubeletCgroupsCheck implements Check {
    private static final String TRIED = "looked for the kubelet's cgroups (kubepods, kubepods.slice)";

    @Override
    public String id() {
        return "kubelet-cgroups";
    }

    @Override
    public String name() {
        return "kubelet's cgroups";
    }

    @Override
    public Set<String> needs() {
        return Set.of(MountsCheck.ID, DriverCheck.ID);
    }

    @Override
    public List<Finding> look(Subject node) {
        var found = KubeletCgroups.of(node);
        if (!found.roots().isEmpty()) {
            return List.of(Finding.ok(
                    this,
                    TRIED,
                    found.roots().stream()
                                    .map(root -> root + " (its cgroup driver is " + KubeletCgroups.driverOf(root) + ")")
                                    .collect(Collectors.joining(", "))
                            + ", with " + found.pods() + " pods"));
        }
        return List.of(
                node.config().kubernetes().nodeName().isEmpty()
                        ? Finding.ok(this, TRIED, "there are none; node_name is not set, so that none are needed")
                        : Finding.wrong(
                                this,
                                TRIED,
                                "there are none: no pod's container can be found",
                                "mount the host's whole cgroup tree, not a part of it or another namespace's; does the"
                                        + " kubelet run, with cgroupsPerQOS on?"));
    }
}
