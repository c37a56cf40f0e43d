/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.trace;

import io.diskguard.spi.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records every round of sampling in a file, off the loop's thread: a disk that is slow or full costs whole rounds, which the
 * trace then says, and nothing else. Thread-safe.
 */
public final class TraceWriter extends Recorder implements AutoCloseable {
    /** Bytes, about, before a new file is begun; the one before is kept as {@code FILE.1}. */
    public static final long ROTATE_AT = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(TraceWriter.class);
    private static final int WAITING = 8;
    private static final long STOP_WITHIN_MILLIS = 2000;

    private final TraceFile file;
    private final Path path;
    private final Entry.Head head;
    private final BlockingQueue<Optional<Item>> queue = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread;
    private Optional<TraceEncoder> encoder = Optional.empty();
    private boolean complained;
    private volatile boolean stopping;

    private TraceWriter(Path path, TraceFile file, Entry.Head head, Environment environment, ThreadFactory threads) {
        super(environment);
        this.path = path;
        this.file = file;
        this.head = head;
        this.thread = threads.newThread(this::run);
    }

    /**
     * Makes the file, or goes on in the one that is there.
     *
     * @param node empty if it has no name
     * @throws IOException if it cannot be written or is no trace
     */
    public static TraceWriter open(Path path, String node, Environment environment, ThreadFactory threads)
            throws IOException {
        return open(path, node, environment, threads, ROTATE_AT);
    }

    static TraceWriter open(Path path, String node, Environment environment, ThreadFactory threads, long rotateAt)
            throws IOException {
        var head = new Entry.Head(node, environment.clock().instant());
        var writer = new TraceWriter(path, TraceFile.open(path, rotateAt), head, environment, threads);
        writer.thread.start();
        return writer;
    }

    @Override
    boolean take(Item item) {
        var isTaken = !stopping && queue.offer(Optional.of(item));
        if (!isTaken && item.round().isPresent()) {
            lost.incrementAndGet();
        }
        return isTaken;
    }

    private void run() {
        try {
            while (!stopping || !queue.isEmpty()) {
                var item = queue.take();
                if (item.isPresent()) {
                    write(item.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Item item) {
        var missing = lost.get();
        if (missing > 0) {
            complain("its disk is too slow");
        }
        try {
            if (file.isFull()) {
                encoder = Optional.empty();
                file.rotate();
            }
            file.append(lines(item, missing));
            lost.addAndGet(-missing);
        } catch (IOException | RuntimeException e) {
            encoder = Optional.empty();
            lost.addAndGet(item.round().isPresent() ? 1 : 0);
            complain(e.toString());
        }
    }

    /** After a failure what was told before may not be there: everything is told anew. */
    private byte[] lines(Item item, long missing) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoding = encoder.orElseGet(TraceEncoder::new);
        if (encoder.isEmpty()) {
            bytes.write(encoding.head(head));
        }
        if (missing > 0) {
            bytes.write(encoding.gap(item.at().instant(), missing));
        }
        bytes.write(item.lines(encoding));
        encoder = Optional.of(encoding);
        return bytes.toByteArray();
    }

    private void complain(String why) {
        if (!complained) {
            complained = true;
            LOG.warn("rounds are missing in the trace {}, which says so: {}", path, why);
        }
    }

    /** Writes what is waiting, for at most two seconds, and closes the file. */
    @Override
    public void close() throws IOException {
        stopping = true;
        queue.offer(Optional.empty());
        try {
            thread.join(STOP_WITHIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
