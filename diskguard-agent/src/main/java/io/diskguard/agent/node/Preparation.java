/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.config.ConfigResult;
import io.diskguard.config.GuardConfig;
import io.diskguard.provider.ProviderSource;
import io.diskguard.spi.Environment;

/**
 * What a node would be opened with, whether or not that would succeed. Immutable.
 *
 * @param environment with the settings for providers
 */
public record Preparation(Environment environment, ProviderSource providers, ConfigResult configuration) {
    /** Reads configuration and plugins, and opens nothing. */
    public static Preparation of(Environment environment, NodeArguments arguments) {
        var providers = Plugins.source(arguments.plugins());
        var configuration = Configuration.read(environment, arguments.config(), providers);
        var settings = Node.settings(config(configuration));
        return new Preparation(environment.withSettings(settings), providers, configuration);
    }

    /** The defaults where the configuration is wrong. */
    public GuardConfig config() {
        return config(configuration);
    }

    private static GuardConfig config(ConfigResult configuration) {
        return configuration instanceof ConfigResult.Valid valid ? valid.config() : GuardConfig.defaults();
    }
}
