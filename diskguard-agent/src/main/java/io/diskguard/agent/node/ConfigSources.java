/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.EnvironmentConfigSource;
import io.diskguard.config.FileConfigSource;
import io.diskguard.provider.ProviderSource;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.Environment;
import io.diskguard.watch.FileWatch;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Where the configuration comes from: file, environment and plugins, for every command the same. Closing it closes them. */
record ConfigSources(List<ConfigSource> all) implements AutoCloseable {
    private static final String FILE_VARIABLE = "CONFIG_FILE_PATH";

    ConfigSources {
        all = List.copyOf(all);
    }

    /** To be read once. */
    static ConfigSources reading(Environment environment, Optional<Path> file, ProviderSource providers) {
        var variables = environment.variables();
        return of(environment, file, providers, path -> new FileConfigSource(path, variables));
    }

    /** That tell when they say something else. */
    static ConfigSources following(Environment environment, Optional<Path> file, ProviderSource providers) {
        return of(
                environment,
                file,
                providers,
                path -> FileConfigSource.watching(
                        path,
                        environment.variables(),
                        FileWatch.Settings.DEFAULT,
                        environment.ticker(),
                        Threads.daemons("diskguard-file")));
    }

    private static ConfigSources of(
            Environment environment, Optional<Path> file, ProviderSource providers, Function<Path, ConfigSource> open) {
        var sources = new ArrayList<ConfigSource>();
        var named =
                Optional.ofNullable(environment.variables().get(FILE_VARIABLE)).filter(text -> !text.isBlank());
        try {
            file.or(() -> named.map(Path::of)).map(open).ifPresent(sources::add);
        } catch (InvalidPathException e) {
            sources.add(new NoPath());
        }
        sources.add(new EnvironmentConfigSource(environment.variables()));
        sources.addAll(Plugins.configSources(providers, environment));
        return new ConfigSources(sources);
    }

    ConfigResult load() {
        return ConfigLoader.load(all);
    }

    /** What a plugin does when it is closed costs nothing else. */
    @Override
    public void close() {
        all.forEach(Plugins::close);
    }

    /** In place of a file whose name is none. */
    private static final class NoPath implements ConfigSource {
        @Override
        public int order() {
            return FileConfigSource.ORDER;
        }

        @Override
        public Snapshot snapshot() {
            var origin = "environment variable " + FILE_VARIABLE;
            return new Snapshot(Map.of(), List.of(new Problem(FILE_VARIABLE, "", origin, "the path of a file")));
        }

        @Override
        public void onChange(Runnable changed) {}

        @Override
        public void close() {}
    }
}
