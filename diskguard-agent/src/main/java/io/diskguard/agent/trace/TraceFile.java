/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file that a trace is written to: the owner's alone, whole lines only, one process at a time. Used by one thread.
 */
final class TraceFile implements AutoCloseable {
    private static final Set<StandardOpenOption> EXISTING = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final String OWNER_ONLY = "rw-------";

    private final Path path;
    private final long most;
    private FileChannel channel;
    private long size;

    private TraceFile(Path path, long most, FileChannel channel) {
        this.path = path;
        this.most = most;
        this.channel = channel;
    }

    /**
     * Makes the file, or goes on behind the last whole line of the one that is there.
     *
     * @param most bytes, about, before a new file is begun
     * @throws TraceException if it cannot be made, is something else than a trace, or another process writes it
     */
    static TraceFile open(Path path, long most) throws IOException {
        TraceFile file;
        try {
            file = new TraceFile(path, most, channel(path));
        } catch (NoSuchFileException e) {
            throw new TraceException(path + ": there is no such directory");
        } catch (AccessDeniedException e) {
            throw new TraceException(path + ": it may not be written by this user");
        }
        try {
            file.size = file.wholeLines();
            file.channel.truncate(file.size);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static FileChannel channel(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return locked(
                    path,
                    FileChannel.open(
                            path,
                            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                            ownerOnly(path)));
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new TraceException(path + " is no regular file");
        }
        var channel = locked(path, FileChannel.open(path, EXISTING));
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(OWNER_ONLY));
        }
        return channel;
    }

    private static FileChannel locked(Path path, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // The same as below, and the other one is of this process.
        } catch (UnsupportedOperationException e) {
            return channel;
        }
        channel.close();
        throw new TraceException(path + " is written by another process");
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        var isPosix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
                }
                : new FileAttribute<?>[0];
    }

    /** Up to the end of the last whole line. */
    private long wholeLines() throws IOException {
        var end = channel.size();
        if (end == 0) {
            return 0;
        }
        var beginning = Line.BEGINNING.getBytes(StandardCharsets.UTF_8);
        var found = read(0, (int) Math.min(end, beginning.length));
        for (var i = 0; i < found.length; i++) {
            if (found[i] != beginning[i]) {
                throw new TraceException(path + " is there and is no trace; it is left alone");
            }
        }
        var block = 1 << 16;
        for (var from = (end - 1) / block * block; from >= 0; from -= block) {
            var bytes = read(from, (int) Math.min(block, end - from));
            for (var i = bytes.length - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }

    private byte[] read(long from, int count) throws IOException {
        var bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // The next part.
        }
        return bytes.array();
    }

    /** Whether it is time for a new file. */
    boolean isFull() {
        return size >= most;
    }

    /** Begins a new file; the old one is kept under the name with {@code .1} behind it, instead of the one before. */
    void rotate() throws IOException {
        var old = path.resolveSibling(path.getFileName() + ".1");
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(path, old, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        var fresh = channel(path);
        channel.close();
        channel = fresh;
        size = 0;
    }

    /** Writes whole lines or nothing. */
    void append(byte[] lines) throws IOException {
        var buffer = ByteBuffer.wrap(lines);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, size + buffer.position());
            }
        } finally {
            if (buffer.hasRemaining()) {
                channel.truncate(size);
            }
        }
        size += lines.length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
