/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.agent.node.ExitCode;
import io.diskguard.agent.node.Preparation;
import io.diskguard.agent.node.StopSignal;
import io.diskguard.config.ConfigResult;
import java.util.ArrayList;
import java.util.List;

/** Makes all checks, one after the other; one that fails is a finding, too. */
public final class Doctor {
    private static final List<Check> CHECKS = List.of(
            new ConfigurationCheck(),
            new DriverCheck(),
            new LimitFileCheck(),
            new WatchCheck(),
            new DisksCheck(),
            new StatisticsCheck(),
            new CountingCheck(),
            new ContentionCheck());

    private final Subject node;

    /** @param stop ends waiting for what answers late */
    public Doctor(Preparation node, StopSignal stop) {
        this.node = new Subject(node, stop);
    }

    /** What every check found, in the order in which things depend on each other. */
    public List<Finding> examine() {
        var findings = new ArrayList<Finding>();
        for (var check : CHECKS) {
            findings.addAll(look(check, node));
        }
        return List.copyOf(findings);
    }

    /** What the findings tell the caller of the process. */
    public int exitCode(List<Finding> findings) {
        if (node.node().configuration() instanceof ConfigResult.Invalid) {
            return ExitCode.USAGE;
        }
        return Finding.isAnyWrong(findings) ? ExitCode.FAILED : ExitCode.OK;
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
