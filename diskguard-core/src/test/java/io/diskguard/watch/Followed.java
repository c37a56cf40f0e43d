/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.spi.Ticker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A watch, and what it told, one after the other. */
final class Followed implements AutoCloseable {
    /** Bounds a failure; nothing passes because of it. */
    static final long FAILURE_SECONDS = 60;

    static final FileWatch.Settings FAST =
            new FileWatch.Settings(Duration.ofMillis(10), Duration.ofSeconds(3), Duration.ofMillis(50), true, 1 << 20);

    final BlockingQueue<FileState> told = new LinkedBlockingQueue<>();
    final AtomicReference<Thread> thread = new AtomicReference<>();
    final FileWatch watch;
    private final Object turned = new Object();
    private long turns;

    Followed(Path file, FileWatch.Settings settings) {
        var system = Ticker.system();
        watch = FileWatch.start(
                file,
                settings,
                () -> {
                    synchronized (turned) {
                        turns++;
                        turned.notifyAll();
                    }
                    return system.nanos();
                },
                task -> {
                    var daemon = new Thread(task, "watch");
                    daemon.setDaemon(true);
                    thread.set(daemon);
                    return daemon;
                });
        watch.onChange(told::add);
    }

    /** The next that is told is this content. */
    Followed tells(String content) throws InterruptedException {
        var state = told.poll(FAILURE_SECONDS, TimeUnit.SECONDS);
        assertThat(text(state)).isEqualTo(content);
        return this;
    }

    /** This content is told, whether there seemed to be none meanwhile or not. */
    void becomes(String content) throws InterruptedException {
        var state = told.poll(FAILURE_SECONDS, TimeUnit.SECONDS);
        if (state instanceof FileState.Absent) {
            state = told.poll(FAILURE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(text(state)).isEqualTo(content);
    }

    <T extends FileState> T tells(Class<T> kind) throws InterruptedException {
        var state = told.poll(FAILURE_SECONDS, TimeUnit.SECONDS);
        assertThat(state).isInstanceOf(kind);
        return kind.cast(state);
    }

    /** Returns when the watch has looked, from beginning to end, at what is there now; only for one that polls. */
    void looks() throws InterruptedException {
        synchronized (turned) {
            // at most four questions for the time a turn: the one under way, one that looks, the debounce, one more
            var enough = turns + 16;
            var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(FAILURE_SECONDS);
            while (turns < enough) {
                turned.wait(1000);
                assertThat(System.nanoTime()).as("looks in time").isLessThan(deadline);
            }
        }
    }

    static String text(FileState state) {
        return state instanceof FileState.Present present
                ? StandardCharsets.UTF_8.decode(present.content()).toString()
                : String.valueOf(state);
    }

    @Override
    public void close() {
        watch.close();
    }
}
