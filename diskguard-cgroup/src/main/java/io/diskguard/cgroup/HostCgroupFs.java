/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.CgroupWatch;
import io.diskguard.spi.ControlFile;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.ReadBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A cgroup hierarchy as the kernel mounts it. No call throws for what the kernel answers: a vanished directory, a
 * symbolic link, a refused access are results. Thread-safe, holds nothing open.
 */
public final class HostCgroupFs implements CgroupFs {
    private final Path mount;
    private final String prefix;
    private final HostAttributes attributes;

    /** The hierarchy mounted at {@code mount}, a path of any file system. */
    public HostCgroupFs(Path mount) {
        this.mount = mount;
        this.prefix = mount.toString();
        this.attributes = new HostAttributes(mount.getFileSystem());
    }

    @Override
    public String mountPoint() {
        return prefix;
    }

    @Override
    public FsResult read(CgroupPath cgroup, String file, ReadBuffer buffer) {
        return file(cgroup, file).read(buffer);
    }

    @Override
    public ControlFile file(CgroupPath cgroup, String file) {
        return new HostFile(mount.getFileSystem(), name(cgroup, file));
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
        try {
            return Subdirectories.of(path(name(cgroup)));
        } catch (InvalidPathException e) {
            return List.of();
        }
    }

    @Override
    public FsResult mkdir(CgroupPath cgroup) {
        var name = name(cgroup);
        try {
            Files.createDirectory(path(name));
            return FsResult.OK;
        } catch (IOException | InvalidPathException e) {
            return Errnos.failed(name, e);
        }
    }

    @Override
    public FsResult rmdir(CgroupPath cgroup) {
        var name = name(cgroup);
        try {
            var path = path(name);
            // What is no directory would be unlinked
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                return FsResult.failed(Errno.ENOENT, name + ": No such file or directory");
            }
            Files.delete(path);
            return FsResult.OK;
        } catch (IOException | InvalidPathException e) {
            return Errnos.failed(name, e);
        }
    }

    @Override
    public AttributeResult attribute(CgroupPath cgroup, String name) {
        return attributes.get(name(cgroup), name);
    }

    @Override
    public FsResult setAttribute(CgroupPath cgroup, String name, String value) {
        return attributes.set(name(cgroup), name, value);
    }

    @Override
    public FsResult removeAttribute(CgroupPath cgroup, String name) {
        return attributes.remove(name(cgroup), name);
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
}
