/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.node;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What containers do: shell commands for busybox. */
public final class Scripts {
    /** Nothing. */
    public static final String SLEEP = "exec busybox sleep 3600";

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private Scripts() {}

    /** Writes 4 KiB past the page cache again and again, to a file of that name on the data disk. */
    public static String write(String file) {
        return "while :; do busybox dd if=/dev/zero of=/data/" + file
                + " bs=4k count=2000 conv=notrunc oflag=direct 2>/dev/null; done";
    }

    /** The same, but before that so many times, and says how many milliseconds that took: {@link #millisOfFirstWrites}. */
    public static String writeFirst(String file, int count) {
        return "read -r a _ </proc/uptime; busybox dd if=/dev/zero of=/data/" + file + " bs=4k count=" + count
                + " oflag=direct 2>/dev/null; read -r b _ </proc/uptime;"
                + " echo \"$b $a\" | busybox awk '{print int(($1 - $2) * 1000)}' >/out/new; busybox mv /out/new /out/"
                + file + "; " + write(file);
    }

    /** Reads 64 KiB past the page cache again and again, from a file that it makes first. */
    public static String read(String file) {
        return "busybox dd if=/dev/zero of=/data/" + file + " bs=1M count=8 oflag=direct 2>/dev/null;"
                + " while :; do busybox dd if=/data/" + file + " of=/dev/null bs=64k iflag=direct 2>/dev/null; done";
    }

    /** Waits until a container that writes first has done so. */
    public static int millisOfFirstWrites(GuardedNode node, String file) {
        var said = node.out().resolve(file);
        await("first writes of " + file).atMost(PATIENCE).until(() -> Files.exists(said));
        return Integer.parseInt(content(said));
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
