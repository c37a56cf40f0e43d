/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.EnvironmentConfigSource;
import io.diskguard.config.FileConfigSource;
import io.diskguard.config.GuardConfig;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.ConfigSource.Problem;
import io.diskguard.spi.Environment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;

/** The configuration from file and environment. */
final class Configuration {
    private static final String FILE_VARIABLE = "CONFIG_FILE_PATH";

    private Configuration() {}

    /** @throws AgentException listing every problem */
    static GuardConfig load(Environment environment, Optional<Path> file) throws AgentException {
        var variables = environment.variables();
        var sources = new ArrayList<ConfigSource>();
        file.or(() -> Optional.ofNullable(variables.get(FILE_VARIABLE)).map(Path::of))
                .ifPresent(path -> sources.add(new FileConfigSource(path, variables)));
        sources.add(new EnvironmentConfigSource(variables));
        var result = ConfigLoader.load(sources);
        if (result instanceof ConfigResult.Valid valid) {
            return valid.config();
        }
        throw AgentException.usage(((ConfigResult.Invalid) result)
                .problems().stream()
                        .map(Configuration::line)
                        .collect(Collectors.joining("\n  ", "the configuration is wrong:\n  ", "")));
    }

    private static String line(Problem problem) {
        return problem.key() + (problem.value().isEmpty() ? "" : " is \"" + problem.value() + "\"") + " ("
                + problem.origin() + "): expected " + problem.expected();
    }
}
