/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.demo;

import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A loop disk on a sparse temporary file; closing it removes both. Not thread-safe. */
final class LoopDisk implements AutoCloseable {
    static final long BYTES = 64L << 20;

    private final Path file;
    private final Path node;
    private final DeviceId device;

    private LoopDisk(Path file, Path node, DeviceId device) {
        this.file = file;
        this.node = node;
        this.device = device;
    }

    static LoopDisk make(HostPaths paths) throws DemoException {
        Path file;
        try {
            file = Files.createTempFile("diskguard-demo-", ".img");
        } catch (IOException e) {
            throw new DemoException("no temporary file for the loop disk: " + e);
        }
        try {
            try (var sized = new RandomAccessFile(file.toFile(), "rw")) {
                sized.setLength(BYTES);
            }
            return attach(paths, file);
        } catch (IOException e) {
            delete(file);
            throw new DemoException("the loop disk cannot be made: " + e);
        } catch (DemoException e) {
            delete(file);
            throw e;
        }
    }

    /** The device file. */
    Path node() {
        return node;
    }

    DeviceId device() {
        return device;
    }

    @Override
    public void close() throws DemoException {
        var detached = Command.run(List.of("losetup", "--detach", node.toString()));
        delete(file);
        if (!detached.isOk()) {
            throw new DemoException("losetup --detach " + node + " failed: " + detached.output());
        }
    }

    private static LoopDisk attach(HostPaths paths, Path file) throws IOException, DemoException {
        var direct = Command.run(List.of("losetup", "--find", "--show", "--direct-io=on", file.toString()));
        // Not every file system can do direct IO (tmpfs); through the page cache the count is the same.
        var made = direct.isOk() ? direct : Command.run(List.of("losetup", "--find", "--show", file.toString()));
        if (!made.isOk()) {
            throw new DemoException("losetup failed: " + made.output());
        }
        var node = Path.of(made.output());
        var number = paths.sys().resolve("block").resolve(node.getFileName()).resolve("dev");
        var device = DeviceId.parse(Files.readString(number).strip())
                .orElseThrow(() -> new DemoException(number + " holds no device number"));
        return new LoopDisk(file, node, device);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
