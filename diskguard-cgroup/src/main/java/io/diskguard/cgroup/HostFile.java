/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.spi.ControlFile;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.ReadBuffer;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * One file of the kernel's, opened for each reading. On the host itself by a {@link FileInputStream} on a {@link File}
 * that is kept: as fast as what else plain Java has (JDK 17, measured; a channel with a direct buffer included), with
 * under half the garbage of the leanest channel. Thread-safe.
 */
public final class HostFile implements ControlFile {
    private final FileSystem system;
    private final File file;
    private final boolean onHost;

    /** The file at that path, of any file system. */
    public HostFile(Path path) {
        this(path.getFileSystem(), path.toString());
    }

    HostFile(FileSystem system, String name) {
        this.system = system;
        this.file = new File(name);
        this.onHost = system.equals(FileSystems.getDefault());
    }

    @Override
    public FsResult read(ReadBuffer buffer) {
        buffer.clear();
        try {
            if (onHost) {
                readStream(buffer);
            } else {
                readChannel(buffer);
            }
            return FsResult.OK;
        } catch (IOException | InvalidPathException e) {
            buffer.clear();
            return Errnos.failed(file.getPath(), e);
        }
    }

    private void readStream(ReadBuffer buffer) throws IOException {
        try (var in = new FileInputStream(file)) {
            while (true) {
                var room = buffer.roomLeft();
                var count = in.read(buffer.bytes(), buffer.length(), room);
                if (count < 0) {
                    return;
                }
                buffer.advance(count);
            }
        }
    }

    private void readChannel(ReadBuffer buffer) throws IOException {
        try (var in = Files.newByteChannel(system.getPath(file.getPath()))) {
            while (true) {
                var count = in.read(buffer.room());
                if (count < 0) {
                    return;
                }
                buffer.advance(count);
            }
        }
    }
}
