/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.CgroupWatch;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.ReadBuffer;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cgroup hierarchy as the kernel mounts it. No call throws for what the kernel answers: a vanished directory, a
 * symbolic link, a refused access are results. Thread-safe, holds nothing open.
 */
public final class HostCgroupFs implements CgroupFs {
    private final Path mount;
    private final String prefix;
    private final boolean onHost;

    /** The hierarchy mounted at {@code mount}, a path of any file system. */
    public HostCgroupFs(Path mount) {
        this.mount = mount;
        this.prefix = mount.toString();
        this.onHost = mount.getFileSystem().equals(FileSystems.getDefault());
    }

    @Override
    public String mountPoint() {
        return prefix;
    }

    @Override
    public FsResult read(CgroupPath cgroup, String file, ReadBuffer buffer) {
        buffer.clear();
        var name = name(cgroup, file);
        try {
            if (onHost) {
                readStream(name, buffer);
            } else {
                readChannel(name, buffer);
            }
            return FsResult.OK;
        } catch (IOException | InvalidPathException e) {
            buffer.clear();
            return Errnos.failed(name, e);
        }
    }

    // Half the system calls and a fraction of the garbage of a channel: a plain read(2) into the caller's array
    private static void readStream(String name, ReadBuffer buffer) throws IOException {
        try (var in = new FileInputStream(name)) {
            while (true) {
                var room = buffer.room();
                var count = in.read(room.array(), room.position(), room.remaining());
                if (count < 0) {
                    return;
                }
                buffer.advance(count);
            }
        }
    }

    private void readChannel(String name, ReadBuffer buffer) throws IOException {
        try (var in = Files.newByteChannel(path(name))) {
            while (true) {
                var count = in.read(buffer.room());
                if (count < 0) {
                    return;
                }
                buffer.advance(count);
            }
        }
    }

    @Override
    public FsResult write(CgroupPath cgroup, String file, String line) {
        var name = name(cgroup, file);
        var bytes = ByteBuffer.wrap((line + "\n").getBytes(UTF_8));
        try (var out = FileChannel.open(path(name), StandardOpenOption.WRITE)) {
            out.write(bytes);
            return bytes.hasRemaining()
                    ? FsResult.failed(Errno.OTHER, name + ": only a part of \"" + line + "\" was written")
                    : FsResult.OK;
        } catch (IOException | InvalidPathException e) {
            return Errnos.failed(name, e);
        }
    }

    @Override
    public boolean exists(CgroupPath cgroup) {
        return directory(cgroup).isPresent();
    }

    @Override
    public boolean exists(CgroupPath cgroup, String file) {
        try {
            return Files.isRegularFile(path(name(cgroup, file)), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public List<String> children(CgroupPath cgroup) {
        var names = new ArrayList<String>();
        try (var entries = Files.newDirectoryStream(path(name(cgroup)))) {
            for (var entry : entries) {
                var name = String.valueOf(entry.getFileName());
                if (name.indexOf('\n') < 0 && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    names.add(name);
                }
            }
        } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
            // Gone meanwhile, or not readable: what was seen until then still counts
        }
        Collections.sort(names);
        return List.copyOf(names);
    }

    @Override
    public Optional<String> attribute(CgroupPath cgroup, String name) {
        try {
            var view = view(cgroup);
            if (view == null) {
                return Optional.empty();
            }
            var value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            return Optional.of(new String(value.array(), 0, value.position(), UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public FsResult setAttribute(CgroupPath cgroup, String name, String value) {
        var what = name(cgroup) + " attribute user." + name;
        try {
            var view = view(cgroup);
            if (view == null) {
                return FsResult.failed(Errno.EOPNOTSUPP, what + ": Operation not supported");
            }
            view.write(name, ByteBuffer.wrap(value.getBytes(UTF_8)));
            return FsResult.OK;
        } catch (IOException | InvalidPathException e) {
            return Errnos.failed(what, e);
        }
    }

    @Override
    public FsResult removeAttribute(CgroupPath cgroup, String name) {
        var what = name(cgroup) + " attribute user." + name;
        try {
            var view = view(cgroup);
            if (view == null) {
                return FsResult.failed(Errno.EOPNOTSUPP, what + ": Operation not supported");
            }
            view.delete(name);
            return FsResult.OK;
        } catch (IOException | InvalidPathException e) {
            return Errnos.isNoData(e) ? FsResult.OK : Errnos.failed(what, e);
        }
    }

    @Override
    public Optional<CgroupWatch> openWatch() {
        return HostCgroupWatch.open(this, mount).map(CgroupWatch.class::cast);
    }

    /** The cgroup's directory, if it is one. */
    Optional<Path> directory(CgroupPath cgroup) {
        try {
            var path = path(name(cgroup));
            return Files.isDirectory(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    String name(CgroupPath cgroup) {
        return cgroup.isRoot() ? prefix : prefix + cgroup.value();
    }

    private String name(CgroupPath cgroup, String file) {
        return cgroup.isRoot() ? prefix + "/" + file : prefix + cgroup.value() + "/" + file;
    }

    private Path path(String name) {
        return mount.getFileSystem().getPath(name);
    }

    private @Nullable UserDefinedFileAttributeView view(CgroupPath cgroup) {
        return Files.getFileAttributeView(path(name(cgroup)), UserDefinedFileAttributeView.class);
    }
}
