/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The noisy process: goes into a cgroup and writes 4 KiB blocks to a disk past the page cache, as fast as it takes them, until
 * it is killed. Arguments: the cgroup's directory, the disk's file. It overwrites the disk's first MiB.
 */
final class Load {
    private static final int BLOCK = 4096;
    private static final int LENGTH = 1 << 20;

    private Load() {}

    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        // by name: outside of a module, newer compilers warn of whoever imports it
        var direct = (OpenOption) Class.forName("com.sun.nio.file.ExtendedOpenOption")
                .getField("DIRECT")
                .get(null);
        Files.writeString(
                Path.of(arguments[0], "cgroup.procs"),
                String.valueOf(ProcessHandle.current().pid()));
        try (var channel = FileChannel.open(Path.of(arguments[1]), StandardOpenOption.WRITE, direct)) {
            var block = ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(BLOCK).limit(BLOCK);
            for (var at = 0L; ; at = (at + BLOCK) % LENGTH) {
                channel.write(block.rewind(), at);
            }
        }
    }
}
