/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import io.diskguard.agent.view.ContainerView;
import io.diskguard.agent.view.DiskStanding;
import io.diskguard.spi.LimitEscapes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is wrong with pods and the limits of their containers. */
final class PodProblems {
    /** A limit is written at once; what waits longer waits for something. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Known known;

    PodProblems(Known known) {
        this.known = known;
    }

    List<Problem> all() {
        var all = new ArrayList<Problem>();
        for (var trouble : known.view().troubles()) {
            var pod = trouble.pod().fullName();
            trouble.failure()
                    .ifPresent(
                            failure -> all.add(
                                    Problem.error(
                                            "pod_failed",
                                            pod,
                                            failure,
                                            "This is a fault in DiskGuard: report it with the agent's log. Its limits stay as they are.")));
            trouble.unreadable()
                    .forEach(
                            words -> all.add(
                                    Problem.error(
                                            "cgroup_unreadable",
                                            pod,
                                            words,
                                            "See that the IO controller is on for the cgroup, and that the agent may read it; it is tried again.")));
            trouble.problems()
                    .forEach(problem -> all.add(Problem.warning(
                            "annotation_invalid",
                            pod,
                            problem.key() + " is \"" + Refused.shown(problem.value()) + "\", expected "
                                    + problem.expected(),
                            "Have the pod's owner mend the annotation; until then that key counts for nothing.")));
        }
        for (var container : known.view().containers()) {
            for (var disk : container.disks()) {
                of(container, disk, all);
            }
        }
        return all;
    }

    private void of(ContainerView container, DiskStanding disk, List<Problem> all) {
        var subject = container.pod().fullName() + " container " + container.name() + " on " + disk.disk();
        var detail = disk.detail().map(it -> "; " + it).orElse("");
        var numbers = "the kernel has " + disk.kernel() + ", wanted is " + disk.wanted() + detail;
        switch (disk.state()) {
            case FAILED ->
                all.add(Problem.error(
                        "limit_failed",
                        subject,
                        numbers,
                        "See the kernel's answer; it is tried again with each turn."));
            case CONTESTED ->
                all.add(
                        Problem.warning(
                                "limit_contested",
                                subject,
                                numbers,
                                "Find who else writes limits of this container (a runtime, systemd, another agent), and have only one do it."));
            case FOREIGN ->
                all.add(Problem.warning(
                        "limit_foreign",
                        subject,
                        numbers,
                        "It was there before DiskGuard and is left alone: take it away where DiskGuard is to set it."));
            case PENDING -> {
                if (container.at().plus(LONG).isBefore(known.now())) {
                    all.add(Problem.warning(
                            "limit_pending",
                            subject,
                            numbers,
                            "It should have been written by now: see the agent's log."));
                }
            }
            case HELD, UNLIMITED -> {}
        }
        disk.ineffective()
                .forEach(finding -> all.add(Problem.warning(
                        "limit_ineffective",
                        subject,
                        finding.cause().name().toLowerCase(Locale.ROOT) + ": " + finding.detail(),
                        toDo(finding.cause()))));
    }

    private static String toDo(LimitEscapes.Cause cause) {
        return switch (cause) {
            case BUFFERED_WRITES -> "Limit writes with cgroup v2, or have the container write with O_DIRECT or fsync.";
            case NO_CGROUP_WRITEBACK ->
                "Use a file system with cgroup writeback (ext4, xfs, btrfs), with the memory controller on cgroup v2 too.";
            case CHILD_CGROUPS -> "Use cgroup v2, where a limit holds for the cgroups below too.";
            case NO_THROTTLING -> "Turn on the IO controller for the cgroup, in a kernel with BLK_DEV_THROTTLING.";
            case NETWORK_FILE_SYSTEM -> "Limit it at its server: no disk of this host is under the volume.";
            case NOT_HELD -> "Compare with diskguard explain; if the limit in the kernel is right, report it.";
        };
    }
}
