/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskguard.model.DeviceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A loop disk on a sparse file; closing it removes both. */
public record LoopDisk(Path file, String node, DeviceId device) implements AutoCloseable {
    public static LoopDisk make() throws IOException {
        return make(16L << 20);
    }

    /** One of that many bytes. */
    public static LoopDisk make(long size) throws IOException {
        var file = Files.createTempFile("diskguard-benchmark-", ".img");
        try (var sized = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            sized.setLength(size);
        }
        var node = command("losetup", "--find", "--show", file.toString());
        var number = command("lsblk", "--noheadings", "--nodeps", "--output", "MAJ:MIN", node);
        return new LoopDisk(file, node, DeviceId.parse(number).orElseThrow());
    }

    @Override
    public void close() throws IOException {
        command("losetup", "--detach", node);
        Files.delete(file);
    }

    private static String command(String... words) throws IOException {
        var process = new ProcessBuilder(List.of(words))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", words) + " failed");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return output;
    }
}
