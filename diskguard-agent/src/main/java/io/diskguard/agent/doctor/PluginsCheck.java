/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.provider.Candidate;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.RuntimeResolver;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Whether everything that is plugged in can be loaded. */
final class PluginsCheck implements Check {
    private static final String TRIED = "loaded every provider that is built in or in the plugin directory";

    @Override
    public String id() {
        return "plugins";
    }

    @Override
    public String name() {
        return "plugins";
    }

    @Override
    public List<Finding> look(Subject node) {
        var candidates = new ArrayList<Candidate<?>>();
        var from = node.providers();
        candidates.addAll(from.load(CgroupDriver.Factory.class));
        candidates.addAll(from.load(ConfigSource.Factory.class));
        candidates.addAll(from.load(IoStatsSource.Factory.class));
        candidates.addAll(from.load(LimitPolicy.Factory.class));
        candidates.addAll(from.load(RuntimeResolver.Factory.class));
        var broken = new LinkedHashSet<String>();
        for (var candidate : candidates) {
            if (candidate instanceof Candidate.Broken<?> one) {
                broken.add(one.location() + ": " + one.reason());
            }
        }
        var findings = new ArrayList<Finding>();
        findings.add(Finding.ok(
                this,
                TRIED,
                candidates.stream().filter(it -> it instanceof Candidate.Loaded).count() + " can be used"));
        broken.forEach(words -> findings.add(Finding.wrong(
                this,
                TRIED,
                words,
                "the agent runs without it. Replace or remove the jar: is it whole, and built for this version of"
                        + " DiskGuard and of Java?")));
        return findings;
    }
}
