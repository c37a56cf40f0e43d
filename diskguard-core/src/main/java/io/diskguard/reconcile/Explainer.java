/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.policy.PolicyChain;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.LimitPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;

/** Says what the loop would decide and what the kernel says; writes nothing. Thread-safe. */
final class Explainer {
    private final CgroupDriver driver;
    private final Marks marks;
    private final TargetFinder finder;
    private final PolicyChain policies;

    Explainer(CgroupDriver driver, Marks marks, TargetFinder finder, PolicyChain policies) {
        this.driver = driver;
        this.marks = marks;
        this.finder = finder;
        this.policies = policies;
    }

    Explanation explain(Pod pod, Collection<Disk> disks) {
        var rows = new ArrayList<Explanation.Row>();
        for (var target : finder.find(pod, disks).targets()) {
            var read = driver.read(target.cgroup());
            var mark = marks.read(target.cgroup()) instanceof MarkReading.Known known ? known.mark() : Mark.NONE;
            disks.forEach(disk -> {
                var decision = policies.decide(new LimitPolicy.Subject(pod, target.container(), DiskUse.guarded(disk)));
                Optional<IoLimit> kernel = read instanceof ReadResult.Found found
                        ? Optional.of(found.limits().get(disk.id()))
                        : Optional.empty();
                var ours = mark.get(disk.id()).map(Mark.Entry::limit);
                rows.add(new Explanation.Row(target, disk, decision, kernel, ours));
            });
        }
        return new Explanation(pod, rows);
    }
}
