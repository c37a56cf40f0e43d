/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The cgroups that a docker daemon of a test makes, in all hierarchies of this machine. */
final class RealCgroups {
    private static final String OURS =
            "diskguard-docker-test-" + ProcessHandle.current().pid();
    /** For containers that are to be in a cgroup of the test's own. */
    static final String PARENT = "/" + OURS;

    private final List<Path> before = named("docker");

    /** The processes in them. */
    static List<ProcessHandle> processes() {
        return below(OURS).stream()
                .flatMap(cgroup -> {
                    try {
                        return Files.readAllLines(cgroup.resolve("cgroup.procs")).stream();
                    } catch (IOException e) {
                        return Stream.empty();
                    }
                })
                .distinct()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .toList();
    }

    /** runc leaves the parents of its cgroups, empty, in every hierarchy. */
    void remove() {
        var ours = new ArrayList<>(below(OURS));
        named("docker").stream().filter(path -> !before.contains(path)).forEach(ours::add);
        for (var path : ours) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                // Another daemon may use it by now
            }
        }
    }

    /** The cgroups of that name and those below them, the deepest first. */
    private static List<Path> below(String name) {
        var all = new ArrayList<Path>();
        for (var top : named(name)) {
            try (var tree = Files.walk(top)) {
                tree.filter(Files::isDirectory).forEach(all::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        all.sort(Comparator.reverseOrder());
        return all;
    }

    private static List<Path> named(String name) {
        var root = HostPaths.host().sys().resolve("fs/cgroup");
        try (Stream<Path> hierarchies = Files.list(root)) {
            return Stream.concat(Stream.of(root), hierarchies)
                    .map(hierarchy -> hierarchy.resolve(name))
                    .filter(Files::isDirectory)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
