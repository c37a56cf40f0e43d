/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.escape;

import static org.junit.jupiter.api.Assumptions.abort;

import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A loop disk of 16 MiB on a sparse file, with an ext4; detached when closed. Aborts the test where there is none to be had. */
record ScratchDisk(String node, Disk disk) implements AutoCloseable {
    static ScratchDisk make(Path image) throws IOException {
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(16 << 20);
        }
        run("mkfs.ext4", "-q", image.toString());
        final String node;
        try {
            node = run("losetup", "--find", "--show", image.toString());
        } catch (IOException e) {
            return abort("no loop device to be had: " + e.getMessage());
        }
        var name = Path.of(node).getFileName().toString();
        var number = HostPaths.host().sys().resolve("block").resolve(name).resolve("dev");
        return new ScratchDisk(
                node, new Disk(DeviceId.parse(Files.readString(number).strip()).orElseThrow(), name));
    }

    @Override
    public void close() {
        try {
            run("losetup", "--detach", node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes()).strip();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroy();
                throw new IOException(List.of(command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output;
    }
}
