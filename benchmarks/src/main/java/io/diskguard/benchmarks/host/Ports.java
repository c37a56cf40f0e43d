/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Of this machine. */
public final class Ports {
    private Ports() {}

    /** One that nobody listens on. */
    public static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
