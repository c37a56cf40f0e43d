/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.policy.Decision;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupDriver.ReadResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Says what the loop would decide and what the kernel says; writes nothing. Thread-safe. */
final class Explainer {
    private final CgroupDriver driver;
    private final Marks marks;
    private final TargetFinder finder;
    private final Observer observer;
    private final Supplier<Decider> deciders;

    Explainer(CgroupDriver driver, Marks marks, TargetFinder finder, Observer observer, Supplier<Decider> deciders) {
        this.driver = driver;
        this.marks = marks;
        this.finder = finder;
        this.observer = observer;
        this.deciders = deciders;
    }

    Explanation explain(Pod pod, Collection<Disk> disks) {
        var rows = new ArrayList<Explanation.Row>();
        var notes = new ArrayList<String>();
        var decider = deciders.get();
        var policies = decider.policies();
        var named = policies.named(pod);
        var host = observer.uses().look(named);
        var found = finder.find(pod, disks);
        found.sandboxes().forEach(sandbox -> notes.add(sandbox.name() + ": the pod's sandbox, which is never limited"));
        found.strange()
                .forEach(cgroup -> notes.add(cgroup.path().name()
                        + ": the sandbox, or a container that the pod's status does not name yet"));
        for (var target : found.targets()) {
            var uses = host.of(target, named, disks, true);
            uses.notes().forEach(note -> notes.add(target.name() + ": " + note));
            rows.addAll(rows(target, uses.uses().disks(), decider));
        }
        var problems = new LinkedHashSet<>(policies.problems(pod));
        rows.forEach(row -> problems.addAll(row.decision().problems()));
        return new Explanation(pod, rows, List.copyOf(problems), notes);
    }

    private List<Explanation.Row> rows(Target target, List<DiskUse> uses, Decider decider) {
        var rows = new ArrayList<Explanation.Row>();
        var excluded = observer.excluded(target).map(reason -> Decision.unlimited("excluded by " + reason));
        var read = driver.read(target.cgroup());
        var mark = marks.read(target.cgroup()) instanceof MarkReading.Known known ? known.mark() : Mark.NONE;
        for (var use : uses) {
            var marked = mark.get(use.disk().id());
            var decision = excluded.orElseGet(() ->
                    decider.decide(target.pod(), target.representative(), use, marked.flatMap(Mark.Entry::smart)));
            Optional<IoLimit> kernel = read instanceof ReadResult.Found found
                    ? Optional.of(found.limits().get(use.disk().id()))
                    : Optional.empty();
            rows.add(new Explanation.Row(target, use, decision, kernel, marked.map(Mark.Entry::limit)));
        }
        return rows;
    }
}
