/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts an API server and an agent and changes pods for some minutes; what e2e/churn calls:
 *
 * <pre>
 * Main --root CGROUPS --disk MAJ:MIN --work DIR [--minutes N] [--pods N] [--seed N] -- AGENT COMMAND...
 * </pre>
 *
 * <p>Exit status 0 if everything is as it must be.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var all = List.of(arguments);
        var end = all.indexOf("--");
        var options = new HashMap<>(Map.of("minutes", "10", "pods", "250", "seed", "1"));
        for (var i = 0; i + 1 < end; i += 2) {
            options.put(all.get(i).replaceFirst("^--", ""), all.get(i + 1));
        }
        var work = Path.of(options.get("work"));
        var settings = new Churn.Settings(
                Path.of(options.get("root")),
                options.get("disk"),
                work,
                Integer.parseInt(options.get("minutes")),
                Integer.parseInt(options.get("pods")),
                Long.parseLong(options.get("seed")),
                all.subList(end + 1, all.size()));
        var report = new Report(System.out);
        try (var churn = new Churn(settings, report)) {
            churn.run();
        }
        System.exit(report.end() ? 0 : 1);
    }
}
