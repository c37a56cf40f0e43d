/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Links below {@code /dev}, such as {@code disk/by-id/…}, followed also where the device nodes that they lead to cannot be seen.
 *
 * @param places where {@code /dev} may be seen, the best first
 */
record DevLinks(List<Path> places) {
    private static final int MAX_LINKS = 8;

    DevLinks {
        places = List.copyOf(places);
    }

    /** Where the link of that name leads, as a name below {@code /dev}; empty if it is no link. */
    Optional<String> follow(String name) {
        return places.stream()
                .filter(dev -> Files.isSymbolicLink(dev.resolve(name)))
                .findFirst()
                .flatMap(dev -> follow(dev, dev.resolve(name)));
    }

    private static Optional<String> follow(Path dev, Path link) {
        var here = link;
        for (var links = 0; Files.isSymbolicLink(here); links++) {
            if (links == MAX_LINKS) {
                return Optional.empty();
            }
            try {
                here = target(dev, here, Files.readSymbolicLink(here));
            } catch (IOException vanished) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(here.startsWith(dev) ? dev.relativize(here) : here.getFileName())
                .map(Path::toString)
                .filter(name -> !name.isEmpty());
    }

    private static Path target(Path dev, Path link, Path target) {
        var top = link.getFileSystem().getPath("/dev");
        if (target.startsWith(top)) {
            return dev.resolve(top.relativize(target));
        }
        return link.resolveSibling(target).normalize();
    }
}
