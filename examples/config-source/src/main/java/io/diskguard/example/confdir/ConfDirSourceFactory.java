/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.confdir;

import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;
import java.util.Optional;

/** Makes the source of the directory that the environment variable {@code CONFIG_DIR} names. */
public final class ConfDirSourceFactory implements ConfigSource.Factory {
    private static final String VARIABLE = "CONFIG_DIR";

    /** For the service loader. */
    public ConfDirSourceFactory() {}

    @Override
    public String name() {
        return "conf-dir";
    }

    @Override
    public int priority() {
        return Provider.CUSTOM;
    }

    /** Supported though there is no such directory: to go on without what was asked for would be worse than a problem. */
    @Override
    public Support probe(Environment environment) {
        return named(environment).isPresent()
                ? Support.supported()
                : Support.unsupported("environment variable " + VARIABLE + " names no directory");
    }

    @Override
    public ConfigSource create(Environment environment) {
        var files = environment.paths().proc().getFileSystem();
        var directory = files.getPath(named(environment).orElseThrow());
        return new ConfDirSource(directory, ConfDirSource.Pace.USUAL, task -> {
            var thread = new Thread(task, "conf-dir");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static Optional<String> named(Environment environment) {
        return Optional.ofNullable(environment.variables().get(VARIABLE)).filter(name -> !name.isBlank());
    }
}
