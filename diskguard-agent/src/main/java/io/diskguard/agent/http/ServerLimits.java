/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

import java.util.Map;

/** What a client may take of the server. The JDK reads these properties once, when the first server is made. */
final class ServerLimits {
    /**
     * Each client that is asking or being answered holds a thread of the JDK's server, and most of them none for longer than
     * a millisecond. So many slow ones have to come at once before a probe waits for a thread.
     */
    static final int THREADS = 256;

    private static final Map<String, Object> PROPERTIES = Map.of(
            // Seconds from the first byte of a request to its last. Without it who sends half a request keeps a thread
            // for good,
            // and a connection that broke stays in the server's list of all connections.
            "sun.net.httpserver.maxReqTime", 3,
            // Seconds from there to the last byte of the answer, against who does not read it.
            "sun.net.httpserver.maxRspTime", 10,
            // More than threads, as a connection that nothing is asked on needs none; so few that file descriptors are
            // left.
            "jdk.httpserver.maxConnections", 1024,
            // Each keeps 30 KB of buffers: enough for who asks every few seconds.
            "sun.net.httpserver.maxIdleConnections", 32,
            // Characters of request line and headers, each of two bytes in the server; by default 380 Ki.
            "sun.net.httpserver.maxReqHeaderSize", 16 * 1024,
            "sun.net.httpserver.maxReqHeaders", 100,
            // Headers and body are written one after the other: else the second waits 40 ms for the client to confirm
            // the first.
            "sun.net.httpserver.nodelay", true);

    private ServerLimits() {}

    /** Sets what nobody has set. */
    static void set() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value.toString());
            }
        });
    }
}
