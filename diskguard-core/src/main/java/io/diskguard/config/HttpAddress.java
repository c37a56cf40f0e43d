/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the HTTP server listens. Immutable.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port 1 to 65535, or 0 for any that is free
 */
public record HttpAddress(String host, int port) {
    private static final int PORT_MAX = 65535;
    private static final String ANY = "0.0.0.0";
    private static final Pattern TEXT =
            Pattern.compile("(?:\\[([0-9a-fA-F:.%]{2,64})]|([A-Za-z0-9_.-]{0,253})):(\\d{1,5})");

    /** @throws IllegalArgumentException if the host is empty or the port is none */
    public HttpAddress {
        if (host.isEmpty() || port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("a host and a port from 0 to 65535, was " + host + ":" + port);
        }
    }

    /** Reads {@code host:port}, {@code [IPv6]:port} or {@code :port}, which is every address; empty if the text is none. */
    public static Optional<HttpAddress> parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > PORT_MAX) {
            return Optional.empty();
        }
        var host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return Optional.of(new HttpAddress(host.isEmpty() ? ANY : host, Integer.parseInt(matcher.group(3))));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
