/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;

/** Extended attributes of directories. Thread-safe. */
final class HostAttributes {
    private static final String NOT_SUPPORTED = ": Operation not supported";

    private final FileSystem system;

    HostAttributes(FileSystem system) {
        this.system = system;
    }

    AttributeResult get(String directory, String name) {
        var what = what(directory, name);
        try {
            var view = view(directory);
            if (view.isEmpty()) {
                return new AttributeResult.Failed(Errno.EOPNOTSUPP, what + NOT_SUPPORTED);
            }
            var value = ByteBuffer.allocate(view.get().size(name));
            view.get().read(name, value);
            return new AttributeResult.Present(new String(value.array(), 0, value.position(), UTF_8));
        } catch (IOException | InvalidPathException e) {
            var errno = Errnos.of(e);
            return Errnos.isNoData(e) || errno == Errno.ENOENT
                    ? AttributeResult.ABSENT
                    : new AttributeResult.Failed(errno, what + ": " + Errnos.words(e));
        }
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
