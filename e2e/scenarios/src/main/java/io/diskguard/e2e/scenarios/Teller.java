/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Tells of each scenario in a line as it ends: whether it held, how long it took, why it did not; and what it measured. */
final class Teller implements TestExecutionListener {
    private final PrintWriter out;
    private final LongSupplier nanos;
    private final Map<String, Long> begun = new HashMap<>();

    Teller(PrintWriter out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
    }

    @Override
    public synchronized void executionStarted(TestIdentifier test) {
        begun.put(test.getUniqueId(), nanos.getAsLong());
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        out.println("skip " + name(test) + ": " + reason);
    }

    @Override
    public synchronized void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        entry.getKeyValuePairs().forEach((what, figure) -> out.println("     " + what + ": " + figure));
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        var seconds = (nanos.getAsLong() - begun.getOrDefault(test.getUniqueId(), nanos.getAsLong())) / 1e9;
        var line = name(test) + String.format(Locale.ROOT, " (%.1f s)", seconds);
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    out.println("ok   " + line);
                }
            }
            case ABORTED -> out.println("skip " + line + why(result));
            case FAILED -> {
                out.println("FAIL " + line + why(result));
                result.getThrowable().ifPresent(problem -> problem.printStackTrace(out));
            }
        }
    }

    private static String why(TestExecutionResult result) {
        return result.getThrowable()
                .map(problem -> ": "
                        + String.valueOf(problem.getMessage())
                                .strip()
                                .lines()
                                .findFirst()
                                .orElse(""))
                .orElse("");
    }

    private static String name(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(method ->
                        method.getClassName().substring(method.getClassName().lastIndexOf('.') + 1)
                                + "."
                                + (test.getDisplayName().startsWith(method.getMethodName())
                                        ? method.getMethodName()
                                        : method.getMethodName() + " " + test.getDisplayName()))
                .orElse(test.getDisplayName());
    }
}
