/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The world as components see it: host paths, time, environment variables. Nothing else in DiskGuard asks the JVM for
 * them. Immutable.
 *
 * @param variables environment variables
 * @param settings what the configuration says to providers, by its key ({@code container_socket_path})
 */
public record Environment(
        HostPaths paths, Clock clock, Ticker ticker, Map<String, String> variables, Map<String, String> settings) {
    public Environment {
        variables = Map.copyOf(variables);
        settings = Map.copyOf(settings);
    }

    /** One in which no provider was configured. */
    public Environment(HostPaths paths, Clock clock, Ticker ticker, Map<String, String> variables) {
        this(paths, clock, ticker, variables, Map.of());
    }

    /** The same world with other settings. */
    public Environment withSettings(Map<String, String> others) {
        return new Environment(paths, clock, ticker, variables, others);
    }

    /** What the configuration says to providers; empty if it says nothing. */
    public Optional<String> setting(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    /** This process' host (see {@link HostPaths#from}), clock and environment variables. */
    public static Environment system() {
        var variables = System.getenv();
        return new Environment(HostPaths.from(variables), Clock.systemUTC(), Ticker.system(), variables);
    }
}
