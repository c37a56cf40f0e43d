/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.provider.Candidate;
import io.diskguard.provider.ProviderSelection;
import io.diskguard.provider.ProviderSource;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.RuntimeResolver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Providers from the plugin directory beside the built-in ones. A broken one costs a warning, never the agent. */
final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private Plugins() {}

    static ProviderSource source(Optional<Path> directory) {
        if (directory.isEmpty()) {
            return Kernel.builtIn();
        }
        var plugins = ProviderSource.plugins(directory.get(), Plugins.class.getClassLoader());
        var broken = new LinkedHashSet<String>();
        collect(broken, plugins.load(CgroupDriver.Factory.class));
        collect(broken, plugins.load(ConfigSource.Factory.class));
        collect(broken, plugins.load(IoStatsSource.Factory.class));
        collect(broken, plugins.load(LimitPolicy.Factory.class));
        collect(broken, plugins.load(RuntimeResolver.Factory.class));
        broken.forEach(line -> LOG.warn("plugin not loaded: {}", line));
        return Kernel.builtIn().and(plugins);
    }

    /** Every policy that plugins bring and that can work here. */
    static List<LimitPolicy> policies(ProviderSource source, Environment environment) {
        var policies = new ArrayList<LimitPolicy>();
        for (var factory : ProviderSelection.all(LimitPolicy.Factory.class, source, environment)
                .providers()) {
            try {
                policies.add(factory.create(environment));
                LOG.info("policy {} is in force", factory.name());
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("policy {} cannot be made and is left out", factory.name(), e);
            }
        }
        return policies;
    }

    /** Every source of configuration that plugins bring and that can work here; to be closed. */
    static List<ConfigSource> configSources(ProviderSource source, Environment environment) {
        var sources = new ArrayList<ConfigSource>();
        for (var factory : ProviderSelection.all(ConfigSource.Factory.class, source, environment)
                .providers()) {
            try {
                sources.add(factory.create(environment));
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("configuration source {} cannot be made and is left out: {}", factory.name(), e.toString());
            }
        }
        return sources;
    }

    /** What a plugin does when it is closed costs nothing else. */
    static void close(ConfigSource source) {
        try {
            source.close();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("configuration source {} did not close", source.getClass().getName(), e);
        }
    }

    private static void collect(Set<String> broken, List<? extends Candidate<?>> candidates) {
        for (var candidate : candidates) {
            if (candidate instanceof Candidate.Broken<?> one) {
                broken.add(one.location() + ": " + one.reason());
            }
        }
    }
}
