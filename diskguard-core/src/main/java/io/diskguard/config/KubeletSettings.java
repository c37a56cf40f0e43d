/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How this node's kubelet is reached. Immutable.
 *
 * @param port of its HTTPS server, 1 to 65535
 * @param ca certificates that its certificate is verified with
 * @param client what this agent shows itself with
 * @param token file with a bearer token; read again when it rotates
 * @param serverName that its certificate is for, if not the host's
 * @param skipVerify believe any certificate
 */
public record KubeletSettings(
        String host,
        int port,
        Optional<Path> ca,
        Optional<ClientCertificate> client,
        Optional<Path> token,
        Optional<String> serverName,
        boolean skipVerify) {
    private static final int PORT_MAX = 65535;

    /** @throws IllegalArgumentException if the host is empty or the port is none */
    public KubeletSettings {
        if (host.isEmpty() || port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("a host and a port from 1 to 65535, was " + host + ":" + port);
        }
    }

    /** Two files in PEM. */
    public record ClientCertificate(Path certificate, Path key) {}
}
