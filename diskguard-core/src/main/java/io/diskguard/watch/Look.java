/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.watch;

import io.diskguard.watch.FileState.Absent;
import io.diskguard.watch.FileState.Present;
import io.diskguard.watch.FileState.TooLong;
import io.diskguard.watch.FileState.Unreadable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** One look at a file: what it holds, and which directory entries lead to it. Never throws. */
final class Look {
    /** Somebody wrote to it each time it was read. */
    static final FileState CHANGING = new Unreadable("it changes while it is read");

    private static final int TRIES = 3;
    /** MAXSYMLINKS of include/linux/namei.h. */
    private static final int MOST_LINKS = 40;

    private Look() {}

    /** @param onlyRegular a pipe would be emptied by the first look, and stop the second */
    static FileState at(Path file, int max, boolean onlyRegular) {
        try {
            var seen = CHANGING;
            // a path may lead for a moment into a directory that is being swapped out
            for (var i = 0; i < TRIES && (seen == CHANGING || seen instanceof Absent); i++) {
                seen = once(file, max, onlyRegular);
            }
            return seen;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            var reason = e instanceof FileSystemException known ? known.getReason() : null;
            return new Unreadable(
                    reason != null ? reason : e instanceof AccessDeniedException ? "permission denied" : e.toString());
        }
    }

    private static FileState once(Path file, int max, boolean onlyRegular)
            throws IOException, GeneralSecurityException {
        try {
            var before = Files.readAttributes(file, BasicFileAttributes.class);
            if (before.isDirectory() || onlyRegular && before.isOther()) {
                return new Unreadable(before.isDirectory() ? "it is a directory" : "it is no regular file");
            }
            var identity = identity(before);
            if (before.size() > max) {
                return new TooLong(identity, before.size());
            }
            byte[] bytes;
            try (var in = Files.newInputStream(file)) {
                // a file may grow, and those of special file systems have no size
                bytes = in.readNBytes(max + 1);
            }
            if (!before.isOther()
                    && !identity.equals(identity(Files.readAttributes(file, BasicFileAttributes.class)))) {
                return CHANGING;
            }
            if (bytes.length > max) {
                return new TooLong(identity, bytes.length);
            }
            var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Present(identity + " sha256 " + HexFormat.of().formatHex(hash, 0, 8), ByteBuffer.wrap(bytes));
        } catch (NoSuchFileException e) {
            return new Absent();
        }
    }

    private static String identity(BasicFileAttributes of) {
        return of.fileKey() + " " + of.size() + " bytes " + of.lastModifiedTime();
    }

    /**
     * Walks as the kernel does. Each link on the way and the end of it, or what is missing, by its path without further links,
     * with the identity of its directory; as far as it can be seen.
     */
    static Map<Path, String> through(Path file) {
        var entries = new LinkedHashMap<Path, String>();
        try {
            var names = new ArrayDeque<Path>();
            var whole = file.toAbsolutePath();
            whole.forEach(names::add);
            var directory = whole.getRoot();
            for (var links = 0; links <= MOST_LINKS && !names.isEmpty(); ) {
                var name = names.remove().toString();
                if (name.equals(".") || name.equals("..") && directory.getParent() == null) {
                    continue;
                }
                if (name.equals("..")) {
                    directory = directory.getParent();
                    continue;
                }
                var entry = directory.resolve(name);
                entries.put(entry, String.valueOf(attributes(directory).fileKey()));
                var attributes = attributes(entry);
                if (attributes.isSymbolicLink()) {
                    links++;
                    var target = Files.readSymbolicLink(entry);
                    directory = target.isAbsolute() ? target.getRoot() : directory;
                    for (var i = target.getNameCount() - 1; i >= 0; i--) {
                        names.addFirst(target.getName(i));
                    }
                } else if (attributes.isDirectory() && !names.isEmpty()) {
                    entries.remove(entry);
                    directory = entry;
                } else {
                    break;
                }
            }
        } catch (IOException | RuntimeException e) {
            // the way ends here; the look at the file says why
        }
        return entries;
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
