/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.config.ConfigResult;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.Environment;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * Follows the sources of a configuration: validates what they say, puts it in force whole or not at all, and remembers what
 * became of it. Thread-safe.
 */
public final class ConfigReloader implements AutoCloseable {
    private ConfigReloader() {}

    /**
     * Begins with what was loaded from these sources, and follows them once started.
     *
     * @param sources the caller's to close, after this
     * @param initial what {@link io.diskguard.config.ConfigLoader#load} gave of them, and is in force
     */
    public static ConfigReloader of(
            Environment environment,
            List<ConfigSource> sources,
            ConfigResult.Valid initial,
            ConfigTarget target,
            List<ReloadListener> listeners) {
        throw new UnsupportedOperationException("under way");
    }

    /** Follows the sources in a thread of its own. */
    public void start(ThreadFactory threads) {}

    /** What is in force now. */
    public ConfigStatus status() {
        throw new UnsupportedOperationException("under way");
    }

    /** What became of the last changes, the oldest first; the start is the first of all. Older ones than 100 are forgotten. */
    public List<Reload> history() {
        return List.of();
    }

    /** Stops following; what is in force stays. */
    @Override
    public void close() {}
}
