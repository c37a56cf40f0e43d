/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.watch;

import io.diskguard.spi.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Follows the content of one file. Thread-safe. */
public final class FileWatch implements AutoCloseable {
    private FileWatch() {}

    /** Looks at the file now, and follows it with a thread of its own until closed. */
    public static FileWatch start(Path file, Settings settings, Ticker ticker, ThreadFactory threads) {
        throw new UnsupportedOperationException("under way");
    }

    /** What was last told; at first what was there at the start. */
    public FileState state() {
        throw new UnsupportedOperationException("under way");
    }

    /** Told, in order and on the watch's thread, when the content has become another one and stayed so; never of a touch. */
    public void onChange(Consumer<FileState> listener) {}

    /** Stops following; nothing is told after it returned. */
    @Override
    public void close() {}

    /**
     * How it is followed. Immutable.
     *
     * @param debounce how long nothing must change before a change is told
     * @param atMost how long after the first change it is told, though it goes on
     * @param poll time between two looks without an event
     * @param events whether file events are asked for
     * @param contentMax bytes; a longer file is not read
     */
    public record Settings(Duration debounce, Duration atMost, Duration poll, boolean events, int contentMax) {
        /** 500 ms, 3 s, 5 s, events, 1 MiB. */
        public static final Settings DEFAULT =
                new Settings(Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofSeconds(5), true, 1 << 20);
    }
}
