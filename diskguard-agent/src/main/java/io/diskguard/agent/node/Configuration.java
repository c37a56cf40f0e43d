/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.config.ConfigResult;
import io.diskguard.provider.ProviderSource;
import io.diskguard.reload.ConfigLines;
import io.diskguard.spi.ConfigSource.Problem;
import io.diskguard.spi.Environment;
import io.diskguard.spi.LimitPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The configuration as it is now, and what is wrong with it, for people. */
public final class Configuration {
    private Configuration() {}

    /** Reads it once, and says everything that is wrong with it. */
    public static ConfigResult read(Environment environment, NodeArguments arguments) {
        return read(environment, arguments.config(), Plugins.source(arguments.plugins()));
    }

    static ConfigResult read(Environment environment, Optional<Path> file, ProviderSource providers) {
        try (var sources = ConfigSources.reading(environment, file, providers)) {
            return sources.load();
        }
    }

    /** @throws AgentException listing every problem */
    static ConfigResult.Valid valid(ConfigResult result) throws AgentException {
        if (result instanceof ConfigResult.Valid valid) {
            return valid;
        }
        throw AgentException.usage(describe(((ConfigResult.Invalid) result).problems()));
    }

    /** The policies of plugins, which belong to a configuration as those that are built in. */
    public static List<LimitPolicy> policies(Environment environment, NodeArguments arguments) {
        return Plugins.policies(Plugins.source(arguments.plugins()), environment);
    }

    /** Every problem on a line of its own, below a heading. */
    public static String describe(List<Problem> problems) {
        return problems.stream()
                .map(ConfigLines::of)
                .collect(Collectors.joining("\n  ", "the configuration is wrong:\n  ", ""));
    }
}
