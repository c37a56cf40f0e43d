/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.FsResult;
import java.util.List;
import java.util.Set;

/** Whether new cgroups are heard of at once. */
final class WatchCheck implements Check {
    private static final String TO_DO = "new containers are limited later, at a resync: raise the sysctls"
            + " fs.inotify.max_user_instances and fs.inotify.max_user_watches";

    @Override
    public String id() {
        return "cgroup-watch";
    }

    @Override
    public String name() {
        return "cgroup watch";
    }

    @Override
    public Set<String> needs() {
        return Set.of(MountsCheck.ID, DriverCheck.ID);
    }

    @Override
    public List<Finding> look(Subject node) {
        var driver = node.driver();
        if (driver.isEmpty()) {
            return List.of(Finding.wrong(this, "nothing", "there is no cgroup driver", "see the cgroup driver"));
        }
        try (var open = driver.get()) {
            var fs = open.hierarchy();
            var tried = "watched " + fs.mountPoint() + " for new cgroups (inotify)";
            var watch = fs.openWatch();
            if (watch.isEmpty()) {
                return List.of(Finding.note(this, tried, "there is no (further) inotify instance to be had", TO_DO));
            }
            try (var watching = watch.get()) {
                return List.of(
                        watching.watch(CgroupPath.ROOT) instanceof FsResult.Failed failed
                                ? Finding.note(this, tried, "refused: " + failed.detail(), TO_DO)
                                : Finding.ok(this, tried, "it works"));
            }
        }
    }
}
