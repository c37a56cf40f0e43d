/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The host's directories below the given root; absolute links are followed below that root, not below this process' own. */
record HostTree(Path root) {
    private static final int MAX_LINKS = 40;

    /** The path without links, as the host names it; empty if it is no directory there. */
    Optional<String> directory(String path) {
        var todo = new ArrayDeque<>(names(path));
        var done = new ArrayList<String>();
        var links = 0;
        while (!todo.isEmpty()) {
            var name = todo.pop();
            if (name.equals("..")) {
                if (!done.isEmpty()) {
                    done.remove(done.size() - 1);
                }
                continue;
            }
            done.add(name);
            var here = at(done);
            if (Files.isSymbolicLink(here)) {
                if (++links > MAX_LINKS) {
                    return Optional.empty();
                }
                done.remove(done.size() - 1);
                try {
                    var target = Files.readSymbolicLink(here).toString();
                    if (target.startsWith("/")) {
                        done.clear();
                    }
                    var names = names(target);
                    for (var i = names.size() - 1; i >= 0; i--) {
                        todo.push(names.get(i));
                    }
                } catch (IOException vanished) {
                    return Optional.empty();
                }
            }
        }
        return Files.isDirectory(at(done)) ? Optional.of("/" + String.join("/", done)) : Optional.empty();
    }

    private Path at(List<String> names) {
        var path = root;
        for (var name : names) {
            path = path.resolve(name);
        }
        return path;
    }

    private static List<String> names(String path) {
        return List.of(path.split("/")).stream()
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
    }
}
