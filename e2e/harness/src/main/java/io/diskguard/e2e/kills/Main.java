/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.churn.Report;
import java.util.List;

/**
 * Kills an agent again and again while pods and configuration change; what e2e/kills calls:
 *
 * <pre>
 * Main --cgroup v1|v2 --root CGROUPS --disk MAJ:MIN --device NAME --work DIR [--pods-from server|directory] [--times N]
 *     [--pods N] [--seed N] [--bound MILLISECONDS] [--load yes|no] -- AGENT COMMAND...
 * </pre>
 *
 * <p>{@code --config FILE}, and {@code --pods-dir DIR} where pods do not come from a server, are appended to the agent's
 * command, which must not fork. CGROUPS is the whole hierarchy to the agent. What the disk holds is overwritten by the
 * load. All cgroups made are removed again. Exit status 0 if everything is as it must be.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var report = new Report(System.out);
        try (var trial = new Trial(Options.parse(List.of(arguments)), report)) {
            trial.run();
        }
        System.exit(report.end() ? 0 : 1);
    }
}
