/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.agent.node.ExitCode;
import io.diskguard.agent.node.Preparation;
import io.diskguard.agent.node.StopSignal;
import io.diskguard.config.ConfigResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** Makes all checks: those that wait for answers beside the others. One that fails is a finding, too. */
public final class Doctor {
    private static final List<Check> CHECKS = List.of(
            new ConfigurationCheck(),
            new PluginsCheck(),
            new MountsCheck(),
            new DriverCheck(),
            new LimitFileCheck(),
            new WatchCheck(),
            new KubeletCgroupsCheck(),
            new StateDirCheck(),
            new DisksCheck(),
            new StatisticsCheck(),
            new CountingCheck(),
            new ContentionCheck(),
            new RuntimeCheck(),
            new ApiServerCheck(),
            new PermissionsCheck(),
            new KubeletCheck(),
            new PodsCheck(),
            new HttpPortCheck());

    private final Subject node;

    /** @param stop ends waiting for what answers late */
    public Doctor(Preparation node, StopSignal stop) {
        this.node = new Subject(node, stop);
    }

    /** The id of each check, in their order. */
    public static List<String> ids() {
        return CHECKS.stream().map(Check::id).toList();
    }

    /** What every check found, in the order in which things depend on each other. */
    public List<Finding> examine() {
        return examine(waiting -> {});
    }

    /** @param progress told again and again what is waited for */
    public List<Finding> examine(Consumer<List<String>> progress) {
        var late = new LinkedHashMap<Check, FutureTask<List<Finding>>>();
        CHECKS.stream()
                .filter(Check::waits)
                .forEach(check -> late.put(check, SideBySide.start(() -> look(check, node))));
        var found = new LinkedHashMap<String, List<Finding>>();
        CHECKS.forEach(check -> found.put(check.id(), check.waits() ? List.of() : look(check, node)));
        new Patience(progress).await(late).forEach((check, findings) -> found.put(check.id(), findings));
        return CHECKS.stream().flatMap(check -> judged(check, found).stream()).toList();
    }

    /** What the findings tell the caller of the process. */
    public int exitCode(List<Finding> findings) {
        if (node.node().configuration() instanceof ConfigResult.Invalid) {
            return ExitCode.USAGE;
        }
        return Finding.isAnyWrong(findings) ? ExitCode.FAILED : ExitCode.OK;
    }

    /** One cause is told once: what follows from it is skipped. */
    private static List<Finding> judged(Check check, Map<String, List<Finding>> found) {
        var causes = wrong(check, found).stream()
                // What is wrong there for another reason of these is told by that one
                .filter(id -> CHECKS.stream()
                        .noneMatch(other ->
                                other.id().equals(id) && !wrong(other, found).isEmpty()))
                .toList();
        var findings = found.getOrDefault(check.id(), List.of());
        if (causes.isEmpty()) {
            return findings;
        }
        return findings.stream()
                .map(each -> each.isTrouble() ? each.because(causes) : each)
                .toList();
    }

    /** What the check needs and is wrong. */
    private static List<String> wrong(Check check, Map<String, List<Finding>> found) {
        return check.needs().stream()
                .filter(id -> Finding.isAnyWrong(found.getOrDefault(id, List.of())))
                .sorted()
                .toList();
    }

    static List<Finding> look(Check check, Subject node) {
        try {
            return check.look(node);
        } catch (RuntimeException | LinkageError e) {
            return List.of(Finding.wrong(
                    check,
                    "looking at it",
                    "it failed: " + e,
                    "report this: it is a fault in DiskGuard or in a plugin"));
        }
    }
}
