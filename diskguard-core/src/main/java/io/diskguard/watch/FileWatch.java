/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.watch;

import io.diskguard.spi.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the content of one file, which may be behind symbolic links, replaced, removed, or not there yet; on any file
 * system. Thread-safe.
 */
public final class FileWatch implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final Path file;
    private final Settings settings;
    private final Ticker ticker;
    private final Events events;
    private final Debounce debounce;
    private final List<Consumer<FileState>> listeners = new CopyOnWriteArrayList<>();
    private volatile FileState told;
    private String noticed = "";

    private FileWatch(Path file, Settings settings, Ticker ticker) {
        this.file = file;
        this.settings = settings;
        this.ticker = ticker;
        events = new Events(file, settings.events());
        told = look();
        debounce = new Debounce(settings, told, ticker.nanos());
    }

    /** Looks at the file now, and follows it with a thread of its own until closed or interrupted. */
    public static FileWatch start(Path file, Settings settings, Ticker ticker, ThreadFactory threads) {
        var watch = new FileWatch(file, settings, ticker);
        LOG.info(
                "following {}; a look every {} ms",
                watch.events,
                settings.poll().toMillis());
        try {
            threads.newThread(watch::run).start();
        } catch (RuntimeException | Error e) {
            watch.close();
            throw e;
        }
        return watch;
    }

    /** What was last told; at first what was there at the start. */
    public FileState state() {
        return told;
    }

    /**
     * Told, in order and on the watch's thread, when the content has become another one and stayed so; never of a touch. What
     * changes while a listener is busy is seen afterwards. An exception is logged and dropped.
     */
    public void onChange(Consumer<FileState> listener) {
        listeners.add(listener);
    }

    /**
     * Stops following; nothing is told after it returned. Waits for a listener that is being told; one may close from its own
     * call.
     */
    @Override
    public void close() {
        events.close();
        synchronized (listeners) {
            listeners.clear();
        }
    }

    private FileState look() {
        events.follow();
        return Look.at(file, settings.contentMax(), true);
    }

    private void run() {
        try {
            while (!events.isClosed()) {
                try {
                    turn();
                } catch (RuntimeException | Error e) {
                    LOG.warn("following {} failed, and goes on", file, e);
                    events.pause(settings.poll().toNanos());
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("{} is followed no more: interrupted", file);
            events.close();
        }
    }

    /** Waits for the next look, and takes it. */
    private void turn() throws InterruptedException {
        var event = events.await(debounce.rest(false, ticker.nanos()));
        if (event.isPresent()) {
            // more may come at once: they are heard after the look
            events.pause(debounce.rest(true, ticker.nanos()));
        }
        if (events.isClosed() || event.isEmpty() && debounce.rest(false, ticker.nanos()) > 0) {
            return;
        }
        if (!debounce.isPending()) {
            noticed = event.isPresent() ? "an event on " + event.get() : "a look";
        }
        var tell = debounce.saw(look(), ticker.nanos());
        if (tell.isPresent()) {
            tell(tell.get());
        }
    }

    private void tell(FileState state) {
        LOG.info("{} has changed, noticed by {}", file, noticed);
        LOG.debug("{}: {} -> {}", file, told, state);
        told = state;
        for (var listener : listeners) {
            synchronized (listeners) {
                if (events.isClosed()) {
                    return;
                }
                try {
                    listener.accept(state);
                } catch (RuntimeException | LinkageError e) {
                    LOG.warn("a listener to {} failed", file, e);
                }
            }
        }
    }

    /**
     * How it is followed. Immutable.
     *
     * @param debounce how long nothing must change before a change is told
     * @param atMost how long after the first change it is told, though it goes on
     * @param poll time between two looks without an event
     * @param events whether file events are asked for
     * @param contentMax bytes, less than {@link Integer#MAX_VALUE}; a longer file is not read
     */
    public record Settings(Duration debounce, Duration atMost, Duration poll, boolean events, int contentMax) {
        /** 500 ms, 3 s, 5 s, events, 1 MiB. */
        public static final Settings DEFAULT =
                new Settings(Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofSeconds(5), true, 1 << 20);

        /** @throws IllegalArgumentException unless 0 ≤ debounce ≤ atMost ≤ one day, 1 ms ≤ poll ≤ one day, contentMax ≥ 1 */
        public Settings {
            var day = Duration.ofDays(1);
            if (debounce.isNegative()
                    || debounce.compareTo(atMost) > 0
                    || atMost.compareTo(day) > 0
                    || poll.toMillis() < 1
                    || poll.compareTo(day) > 0
                    || contentMax < 1
                    || contentMax == Integer.MAX_VALUE) {
                throw new IllegalArgumentException("debounce, atMost, poll or contentMax");
            }
        }
    }
}
