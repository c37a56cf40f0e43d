/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.node;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;

/** What containers do: shell commands for busybox. */
public final class Scripts {
    /** Nothing. */
    public static final String SLEEP = "exec busybox sleep 3600";

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration LOOK = Duration.ofMillis(10);

    private Scripts() {}

    /** Writes 4 KiB past the page cache again and again, to a file of that name on the data disk. */
    public static String write(String file) {
        return "while :; do busybox dd if=/dev/zero of=/data/" + file
                + " bs=4k count=2000 conv=notrunc oflag=direct 2>/dev/null; done";
    }

    /** The same, but before that so many times, and says when those are done: {@link #awaitFirstWrites}. */
    public static String writeFirst(String file, int count) {
        return "busybox dd if=/dev/zero of=/data/" + file + " bs=4k count=" + count
                + " oflag=direct 2>/dev/null; busybox touch /out/" + file + "; " + write(file);
    }

    /** Reads 64 KiB past the page cache again and again, from a file that it makes first. */
    public static String read(String file) {
        return "busybox dd if=/dev/zero of=/data/" + file + " bs=1M count=8 oflag=direct 2>/dev/null;"
                + " while :; do busybox dd if=/data/" + file + " of=/dev/null bs=64k iflag=direct 2>/dev/null; done";
    }

    /** Waits until a container that writes first has done so. */
    public static void awaitFirstWrites(GuardedNode node, String file) {
        await("first writes of " + file)
                .atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(() -> Files.exists(node.out().resolve(file)));
    }
}
