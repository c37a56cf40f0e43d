/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import io.diskguard.spi.Environment;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** Where a runtime may listen. */
final class Sockets {
    /** Setting: the socket, with or without {@code unix://} before it. */
    static final String SETTING = "container_socket_path";

    private static final String UNIX = "unix://";

    private Sockets() {}

    /**
     * The configured socket and no other, or the usual ones.
     *
     * @throws InvalidPathException if what is configured is no path
     */
    static List<Path> of(CriRuntime runtime, Environment environment) {
        var run = environment.paths().run();
        return environment
                .setting(SETTING)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> text.startsWith(UNIX) ? text.substring(UNIX.length()) : text)
                .map(text -> List.of(run.getFileSystem().getPath(text)))
                .orElseGet(() -> runtime.sockets().stream().map(run::resolve).toList());
    }

    /** Why nothing can be listening there; empty if something may. */
    static Optional<String> problem(Path socket) {
        if (socket.getFileSystem() != FileSystems.getDefault()) {
            return Optional.of(socket + " is not on this machine");
        }
        try {
            return Files.readAttributes(socket, BasicFileAttributes.class).isOther()
                    ? Optional.empty()
                    : Optional.of(socket + " is not a socket");
        } catch (NoSuchFileException e) {
            return Optional.of(socket + " does not exist");
        } catch (AccessDeniedException e) {
            return Optional.of(socket + ": permission denied");
        } catch (IOException e) {
            return Optional.of(socket + ": " + e.getMessage());
        }
    }
}
