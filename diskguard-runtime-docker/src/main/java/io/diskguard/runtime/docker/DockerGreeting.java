/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.spi.Environment;
import io.diskguard.spi.Support;
import java.time.Duration;

/**
 * What answers on the socket where docker is looked for. Immutable.
 *
 * @param socket and who says that it is there, for people
 * @param isThere whether something may listen there
 * @param answers whether a docker daemon said that it is one
 * @param words why not, or that it is
 */
public record DockerGreeting(String socket, boolean isThere, boolean answers, String words) {
    /** Asks for the daemon's {@code /_ping}. */
    public static DockerGreeting of(Environment environment, Duration patience) {
        var socket = DockerSocket.of(environment);
        var isThere = socket.trouble().isEmpty();
        return DockerProbe.probe(socket, patience) instanceof Support.Unsupported no
                ? new DockerGreeting(socket.toString(), isThere, false, no.reason())
                : new DockerGreeting(socket.toString(), isThere, true, socket + " is docker");
    }
}
