/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.agent.node.Configuration;
import io.diskguard.config.ConfigResult;
import java.util.ArrayList;
import java.util.List;

/** Whether the configuration is valid, and what in it is probably not meant. */
final class ConfigurationCheck implements Check {
    private static final String TRIED = "read file, environment and plugins as run does";

    @Override
    public String id() {
        return "configuration";
    }

    @Override
    public String name() {
        return "configuration";
    }

    @Override
    public List<Finding> look(Subject node) {
        if (node.node().configuration() instanceof ConfigResult.Invalid invalid) {
            return List.of(Finding.wrong(
                    this,
                    TRIED,
                    Configuration.describe(invalid.problems()),
                    "mend it; what follows holds for the default configuration"));
        }
        var findings = new ArrayList<Finding>();
        findings.add(Finding.ok(this, TRIED, "it is valid"));
        ((ConfigResult.Valid) node.node().configuration())
                .warnings()
                .forEach(warning -> findings.add(Finding.note(
                        this, TRIED, warning.toString(), "see \"diskguard config check\" for what is in force")));
        return findings;
    }
}
