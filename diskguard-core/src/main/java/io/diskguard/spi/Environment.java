/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import java.time.Clock;
import java.util.Map;

/**
 * The world as components see it: host paths, time, environment variables. Nothing else in DiskGuard asks the JVM for
 * them. Immutable.
 */
public record Environment(HostPaths paths, Clock clock, Ticker ticker, Map<String, String> variables) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** This process' own host, clock and environment variables. */
    public static Environment system() {
        return new Environment(HostPaths.host(), Clock.systemUTC(), Ticker.system(), System.getenv());
    }
}
