/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;

/** Extended attributes of directories. Thread-safe. */
final class HostAttributes {
    private static final String NOT_SUPPORTED = ": Operation not supported";
    private static final int USUAL_SIZE = 1024;

    /** The JDK's words for ERANGE of getxattr(2). */
    private static final String TOO_LONG = "Insufficient space in buffer";

    private final FileSystem system;

    HostAttributes(FileSystem system) {
        this.system = system;
    }

    AttributeResult get(String directory, String name) {
        try {
            var view = view(directory);
            if (view.isEmpty()) {
                return new AttributeResult.Failed(Errno.EOPNOTSUPP, what(directory, name) + NOT_SUPPORTED);
            }
            return new AttributeResult.Present(value(view.get(), name));
        } catch (IOException | InvalidPathException e) {
            var errno = Errnos.of(e);
            return Errnos.isNoData(e) || errno == Errno.ENOENT
                    ? AttributeResult.ABSENT
                    : new AttributeResult.Failed(errno, what(directory, name) + ": " + Errnos.words(e));
        }
    }

    /** Each call opens the directory: only a value that is longer than most is asked for its size. */
    private static String value(UserDefinedFileAttributeView view, String name) throws IOException {
        try {
            return read(view, name, USUAL_SIZE);
        } catch (BufferOverflowException e) { // of a file system in memory
            return read(view, name, view.size(name));
        } catch (IOException e) {
            if (Errnos.words(e).contains(TOO_LONG)) {
                return read(view, name, view.size(name));
            }
            throw e;
        }
    }

    private static String read(UserDefinedFileAttributeView view, String name, int size) throws IOException {
        var value = ByteBuffer.allocate(size);
        view.read(name, value);
        return new String(value.array(), 0, value.position(), UTF_8);
    }

    FsResult set(String directory, String name, String value) {
        return change(directory, name, view -> view.write(name, ByteBuffer.wrap(value.getBytes(UTF_8))));
    }

    FsResult remove(String directory, String name) {
        return change(directory, name, view -> {
            try {
                view.delete(name);
            } catch (IOException e) {
                if (!Errnos.isNoData(e)) {
                    throw e;
                }
            }
        });
    }

    private FsResult change(String directory, String name, Change change) {
        var what = what(directory, name);
        try {
            var view = view(directory);
            if (view.isEmpty()) {
                return FsResult.failed(Errno.EOPNOTSUPP, what + NOT_SUPPORTED);
            }
            change.in(view.get());
            return FsResult.OK;
        } catch (IOException | InvalidPathException e) {
            return Errnos.failed(what, e);
        }
    }

    private Optional<UserDefinedFileAttributeView> view(String directory) {
        return Optional.ofNullable(
                Files.getFileAttributeView(system.getPath(directory), UserDefinedFileAttributeView.class));
    }

    private static String what(String directory, String name) {
        return directory + " attribute user." + name;
    }

    private interface Change {
        void in(UserDefinedFileAttributeView view) throws IOException;
    }
}
