/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.demo;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The noisy process: writes 4 KiB blocks to a disk past the page cache, as fast as the disk takes them. It starts at the
 * first byte on standard input, when it is in its cgroup, and ends with it, so that it cannot outlive the demonstration.
 */
final class DirectWriter {
    private static final int BLOCK = 4096;

    private DirectWriter() {}

    public static void main(String[] args) throws IOException {
        if (System.in.read() < 0) {
            return;
        }
        var lifeline = new Thread(() -> endWith(System.in), "lifeline");
        lifeline.setDaemon(true);
        lifeline.start();
        write(Path.of(args[0]));
    }

    private static void write(Path disk) throws IOException {
        try (var channel = FileChannel.open(disk, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT)) {
            var block = ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(BLOCK).limit(BLOCK);
            for (var at = 0L; ; at = (at + BLOCK) % LoopDisk.BYTES) {
                channel.write(block.rewind(), at);
            }
        }
    }

    private static void endWith(InputStream in) {
        try {
            while (in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            System.err.println("the demonstration is gone: " + e);
        }
        Runtime.getRuntime().halt(0);
    }
}
