/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.spi.Environment;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The socket that the daemon is to be asked on: of the configuration, else of {@code DOCKER_HOST}, else the usual one.
 *
 * @param origin who says so, for a person to read
 */
record DockerSocket(Path path, String origin) {
    static final String SETTING = "container_socket_path";

    /** How long an answer on it may take; here, as who looks for a daemon need not load its client. */
    static final Duration DEADLINE = Duration.ofSeconds(2);

    private static final String VARIABLE = "DOCKER_HOST";
    private static final String UNIX = "unix://";

    static DockerSocket of(Environment environment) {
        return environment
                .setting(SETTING)
                .filter(text -> !text.isBlank())
                .map(text -> named(text.startsWith(UNIX) ? text.substring(UNIX.length()) : text, SETTING))
                .or(() -> Optional.ofNullable(environment.variables().get(VARIABLE))
                        .filter(host -> host.startsWith(UNIX + "/"))
                        .map(host -> named(host.substring(UNIX.length()), VARIABLE)))
                .orElseGet(() ->
                        new DockerSocket(environment.paths().run().resolve("docker.sock"), "docker's usual socket"));
    }

    private static DockerSocket named(String text, String origin) {
        try {
            return new DockerSocket(Path.of(text), origin);
        } catch (InvalidPathException e) {
            return new DockerSocket(Path.of("/"), origin + ", which is no path");
        }
    }

    /** Why it cannot even be connected to; empty if it may be tried. */
    Optional<String> trouble() {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            return Optional.of(this + " is in a file system that has no sockets");
        }
        if (Files.isDirectory(path) || Files.isRegularFile(path)) {
            return Optional.of(this + " is not a socket");
        }
        if (Files.exists(path)) {
            return Optional.empty();
        }
        return Optional.of(
                Files.notExists(path) ? this + " is not there" : this + " is in a directory that we may not enter");
    }

    @Override
    public String toString() {
        return path + " (" + origin + ")";
    }
}
