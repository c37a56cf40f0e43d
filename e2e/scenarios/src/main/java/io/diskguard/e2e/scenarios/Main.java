/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios;

import io.diskguard.e2e.scenarios.machine.Meter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/**
 * Runs the scenarios of some packages, tells of each as it ends, and leaves JUnit XML. Arguments: the directory of the reports, a
 * pattern that a class's name must match, packages. A {@code --} among the packages parts them into groups that run one after the
 * other, each with reports in a directory of its number; after the first there is a file {@code over} beside those. With the system
 * property {@code scenarios.after}, nothing is run before that file is there. Exits with 0 if all held, 1 if one did not, 2 if the
 * pattern is {@code .*} and there was none.
 */
public final class Main {
    private static final String EVERY = ".*";
    private static final String NEXT = "--";
    private static final Duration LOOK = Duration.ofMillis(100);

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        var reports = Path.of(arguments[0]);
        var pattern = arguments[1];
        var console = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var failed = 0L;
        var found = 0L;
        var groups = groups(List.of(arguments).subList(2, arguments.length));
        for (int i = 0; i < groups.size(); i++) {
            var directory = Files.createDirectories(reports.resolve(Integer.toString(i)));
            var launcher = LauncherFactory.create();
            var plan = launcher.discover(request(groups.get(i), pattern));
            if (i == 0) {
                awaitTurn();
            }
            var summary = new SummaryGeneratingListener();
            launcher.execute(
                    plan,
                    new LegacyXmlReportGeneratingListener(directory, console),
                    new Teller(console, System::nanoTime),
                    summary);
            failed += summary.getSummary().getTotalFailureCount();
            found += summary.getSummary().getTestsFoundCount();
            if (i == 0) {
                Files.createFile(reports.resolve("over"));
            }
        }
        System.exit(failed > 0 ? 1 : found == 0 && pattern.equals(EVERY) ? 2 : 0);
    }

    /** Once the scenarios are found, which takes an emulated machine seconds. */
    private static void awaitTurn() {
        var after = System.getProperty("scenarios.after");
        while (after != null && !Files.exists(Path.of(after))) {
            Meter.pass(LOOK);
        }
    }

    static List<List<String>> groups(List<String> packages) {
        var groups = new ArrayList<List<String>>();
        var group = new ArrayList<String>();
        for (var each : packages) {
            if (each.equals(NEXT)) {
                groups.add(List.copyOf(group));
                group.clear();
            } else {
                group.add(each);
            }
        }
        groups.add(List.copyOf(group));
        return groups;
    }

    private static LauncherDiscoveryRequest request(List<String> packages, String pattern) {
        return LauncherDiscoveryRequestBuilder.request()
                // one that hangs is told, and the others still run: the machine itself is given longer
                .configurationParameter(
                        "junit.jupiter.execution.timeout.default",
                        Boolean.getBoolean("scenarios.full") ? "40 m" : "4 m")
                .selectors(
                        packages.stream().map(DiscoverySelectors::selectPackage).toList())
                .filters(
                        ClassNameFilter.includeClassNamePatterns(".*Test"),
                        ClassNameFilter.includeClassNamePatterns(".*" + pattern + ".*"))
                .build();
    }
}
