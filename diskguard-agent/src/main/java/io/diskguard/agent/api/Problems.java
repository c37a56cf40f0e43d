/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import io.diskguard.agent.http.Health;
import io.diskguard.device.DiskResolution;
import io.diskguard.reload.ConfigLines;
import io.diskguard.reload.ConfigStatus;
import io.diskguard.reload.Reload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong, as far as is known: of the agent and its node here, of pods in {@link PodProblems}. */
final class Problems {
    private final Known known;

    Problems(Known known) {
        this.known = known;
    }

    /** The worst first; else the agent, its configuration, the disks, the pods. */
    List<Problem> all() {
        var all = new ArrayList<Problem>();
        checks(all);
        configuration(known.configuration().status(), all);
        disks(all);
        all.addAll(new PodProblems(known).all());
        all.sort(Comparator.comparing(Problem::severity));
        return all;
    }

    private void checks(List<Problem> all) {
        var live = known.health().liveness();
        if (!live.ok()) {
            all.add(
                    Problem.error(
                            "agent_hangs",
                            live.name(),
                            live.detail(),
                            "The liveness probe restarts the agent; take a thread dump before (jcmd <pid> Thread.print) and report it."));
        }
        var notFound = known.guard().status().disks().stream().anyMatch(Problems::isMissing);
        known.health().readiness().stream()
                .filter(check -> !check.ok())
                .filter(check -> !check.name().equals("configuration"))
                .filter(check -> !check.name().equals("disks") || !notFound)
                .forEach(check -> all.add(Problem.error("check_failed", check.name(), check.detail(), toDo(check))));
    }

    private static String toDo(Health.Check check) {
        return switch (check.name()) {
            case "pods" ->
                "See that the agent can reach who tells it of pods, and may list them: diskguard doctor says.";
            case "driver" -> "Mount the host's cgroup hierarchy where the agent looks for it: diskguard doctor says.";
            case "disks" -> "Wait for the first turn of the loop; if it stays, see the agent's log.";
            default -> "See the agent's log, and diskguard doctor.";
        };
    }

    private static void configuration(ConfigStatus status, List<Problem> all) {
        var last = status.last();
        if (last.result() == Reload.Result.ROLLED_BACK) {
            all.add(Problem.error(
                    "configuration_rolled_back",
                    String.join(", ", last.sources()),
                    last.reason() + " (since " + last.at() + "; what was in force goes on)",
                    "Mend what the reason names; it is tried again every 30 s."));
        }
        last.problems()
                .forEach(problem -> all.add(Problem.error(
                        "configuration_rejected",
                        problem.key(),
                        ConfigLines.of(problem) + " (since " + last.at() + "; what was in force goes on)",
                        "Mend the key; diskguard config check says whether a file is right.")));
        status.waiting()
                .forEach(change -> all.add(Problem.warning(
                        "restart_needed",
                        change.key(),
                        ConfigLines.of(change),
                        "Restart the agent, or take the change back.")));
        status.inForce()
                .warnings()
                .forEach(warning -> all.add(Problem.warning(
                        "configuration_doubtful",
                        warning.key(),
                        warning.message() + " (" + warning.origin() + ")",
                        "Change the key, if it is not meant so.")));
    }

    private void disks(List<Problem> all) {
        known.guard().status().disks().stream()
                .filter(Problems::isMissing)
                .forEach(missing -> all.add(Problem.error(
                        "disk_not_found",
                        missing.asked(),
                        reason(missing),
                        "Mount or attach it, or name in the configuration what there is; it is looked for again.")));
        for (var disk : known.view().disks()) {
            disk.countingOff()
                    .ifPresent(
                            reason -> all.add(
                                    Problem.warning(
                                            "counting_off",
                                            disk.disk().toString(),
                                            reason,
                                            "Turn on iostats of the disk's queue: without it no load on it is seen, and no smart limit set.")));
        }
    }

    private static String reason(DiskResolution resolution) {
        return resolution instanceof DiskResolution.Missing missing
                ? missing.reason() + "; there is: " + String.join(", ", missing.seen())
                : resolution instanceof DiskResolution.NotApplicable no ? no.reason() : resolution.toString();
    }

    private static boolean isMissing(DiskResolution resolution) {
        return !(resolution instanceof DiskResolution.Found);
    }
}
