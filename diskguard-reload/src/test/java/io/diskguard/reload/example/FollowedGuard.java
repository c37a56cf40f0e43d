/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.example;

import io.diskguard.DiskGuard;
import io.diskguard.DiskGuardBuilder;
import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.EnvironmentConfigSource;
import io.diskguard.config.FileConfigSource;
import io.diskguard.device.DeviceResolver;
import io.diskguard.reload.ConfigReloader;
import io.diskguard.reload.GuardTarget;
import io.diskguard.reload.ReloadListener;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.Environment;
import io.diskguard.watch.FileWatch;
import java.nio.file.Path;
import java.util.List;

final class FollowedGuard implements AutoCloseable {
    private final List<ConfigSource> sources;
    private final DiskGuard guard;
    private final ConfigReloader reloader;

    FollowedGuard(Path file, Environment environment, DiskGuardBuilder parts, ReloadListener listener) {
        var variables = environment.variables();
        var ticker = environment.ticker();
        sources = List.of(
                FileConfigSource.watching(file, variables, FileWatch.Settings.DEFAULT, ticker, Thread::new),
                new EnvironmentConfigSource(variables));
        if (!(ConfigLoader.load(sources) instanceof ConfigResult.Valid initial)) {
            sources.forEach(ConfigSource::close);
            throw new IllegalArgumentException(file + " is no valid configuration");
        }
        guard = parts.environment(environment).config(initial.config()).build();
        var target = new GuardTarget(guard, new DeviceResolver(environment.paths()));
        reloader = ConfigReloader.of(environment, sources, initial, target, List.of(listener));
    }

    void start() {
        guard.start();
        reloader.start(Thread::new);
    }

    DiskGuard guard() {
        return guard;
    }

    @Override
    public void close() {
        reloader.close();
        guard.close();
        sources.forEach(ConfigSource::close);
    }
}
