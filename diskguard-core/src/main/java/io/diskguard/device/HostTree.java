/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The directories and files below the given root; absolute links are followed below that root, not below this process' own. */
record HostTree(Path root) {
    private static final int MAX_LINKS = 40;

    /** A path without doubled and trailing slashes. */
    static String clean(String path) {
        return "/" + String.join("/", names(path));
    }

    /** The directory that a clean path is in. */
    static String parent(String path) {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    /**
     * The path without links, as seen from the root; empty if there is nothing.
     *
     * @param end where not to look any further: what follows is taken as it is written
     */
    Optional<String> real(String path, Predicate<String> end) {
        try {
            return follow(path, end);
        } catch (IOException | InvalidPathException vanished) {
            return Optional.empty();
        }
    }

    private Optional<String> follow(String path, Predicate<String> end) throws IOException {
        var todo = new ArrayDeque<>(names(path));
        var here = root;
        var links = 0;
        while (!todo.isEmpty()) {
            var name = todo.pop();
            if (name.equals("..")) {
                here = here.equals(root) ? root : here.getParent();
                continue;
            }
            var next = here.resolve(name);
            if (end.test(seen(next))) {
                return Optional.of(asWritten(next, todo));
            }
            // throws where there is nothing, so that a long path costs no more than what there is of it
            if (!Files.readAttributes(next, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isSymbolicLink()) {
                here = next;
                continue;
            }
            if (++links > MAX_LINKS) {
                return Optional.empty();
            }
            var target = Files.readSymbolicLink(next).toString();
            here = target.startsWith("/") ? root : here;
            var names = names(target);
            for (var i = names.size() - 1; i >= 0; i--) {
                todo.push(names.get(i));
            }
        }
        return Optional.of(seen(here));
    }

    private String asWritten(Path from, Iterable<String> rest) {
        var here = from;
        for (var name : rest) {
            here = name.equals("..") ? here.equals(root) ? root : here.getParent() : here.resolve(name);
        }
        return seen(here);
    }

    private String seen(Path path) {
        return "/" + (path.equals(root) ? "" : root.relativize(path).toString());
    }

    private static List<String> names(String path) {
        return List.of(path.split("/")).stream()
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
    }
}
