/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.EnvironmentConfigSource;
import io.diskguard.config.FileConfigSource;
import io.diskguard.provider.ProviderSource;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.ConfigSource.Problem;
import io.diskguard.spi.Environment;
import io.diskguard.spi.LimitPolicy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The configuration from file, environment and plugins, for every command the same. */
public final class Configuration {
    private static final String FILE_VARIABLE = "CONFIG_FILE_PATH";

    private Configuration() {}

    /** Reads it once, and says everything that is wrong with it. */
    public static ConfigResult read(Environment environment, NodeArguments arguments) {
        return read(environment, arguments.config(), Plugins.source(arguments.plugins()));
    }

    /** @throws AgentException listing every problem */
    static ConfigResult.Valid load(Environment environment, Optional<Path> file, ProviderSource providers)
            throws AgentException {
        var result = read(environment, file, providers);
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
                .map(Configuration::line)
                .collect(Collectors.joining("\n  ", "the configuration is wrong:\n  ", ""));
    }

    static ConfigResult read(Environment environment, Optional<Path> file, ProviderSource providers) {
        var variables = environment.variables();
        var named = Optional.ofNullable(variables.get(FILE_VARIABLE)).filter(text -> !text.isBlank());
        var sources = new ArrayList<ConfigSource>();
        try {
            file.or(() -> named.map(Path::of)).ifPresent(path -> sources.add(new FileConfigSource(path, variables)));
        } catch (InvalidPathException e) {
            var origin = "environment variable " + FILE_VARIABLE;
            return new ConfigResult.Invalid(List.of(new Problem(FILE_VARIABLE, "", origin, "the path of a file")));
        }
        sources.add(new EnvironmentConfigSource(variables));
        var plugins = Plugins.configSources(providers, environment);
        sources.addAll(plugins);
        try {
            return ConfigLoader.load(sources);
        } finally {
            plugins.forEach(Plugins::close);
        }
    }

    private static String line(Problem problem) {
        return problem.key() + (problem.value().isEmpty() ? "" : " is \"" + problem.value() + "\"") + " ("
                + problem.origin() + "): expected " + problem.expected();
    }
}
