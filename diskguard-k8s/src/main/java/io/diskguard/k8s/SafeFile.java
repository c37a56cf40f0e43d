/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Replaces files so that after a crash the old or the new content is there, never a part. */
final class SafeFile {
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private SafeFile() {}

    /** What a file is to hold, written piece by piece: whole it would be held twice, in the heap and on its way to the kernel. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Readable for its owner only, and on the disk when this returns. Makes the directory. */
    static void replace(Path directory, String name, Content content) throws IOException {
        Files.createDirectories(directory);
        var beside = directory.resolve(name + ".new");
        Files.deleteIfExists(beside);
        try (var channel = FileChannel.open(beside, NEW, ownerOnly(directory))) {
            var out = new BufferedOutputStream(Channels.newOutputStream(channel));
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
        Files.move(
                beside, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (isPosix(directory)) {
            // The rename itself is only on the disk when the directory is.
            try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path directory) {
        return isPosix(directory)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
