/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.trace;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a trace, one entry at a time: of a long trace no more than a line is in memory. The last line may be cut, as an agent that is killed
 * leaves it. Not thread-safe.
 */
public final class TraceReader implements AutoCloseable {
    private static final int MAGIC = 0x1f8b;

    private final String name;
    private final InputStream from;
    private final TraceDecoder decoder = new TraceDecoder();
    private byte[] line = new byte[4096];
    private int length;
    private long number;
    private boolean cut;

    private TraceReader(String name, InputStream from) {
        this.name = name;
        this.from = from;
    }

    /**
     * Opens a file.
     *
     * @throws TraceException if it cannot be read
     */
    public static TraceReader open(Path file) throws TraceException {
        try {
            // Not of Files: its stream fails on a pipe, as a shell gives it for <(…), where a packed trace ends.
            return of(file.toString(), new FileInputStream(file.toFile()));
        } catch (FileNotFoundException e) {
            throw new TraceException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads a stream, packed by gzip or not.
     *
     * @param name for messages
     * @throws TraceException if it cannot be read
     */
    public static TraceReader of(String name, InputStream stream) throws TraceException {
        var buffered = new BufferedInputStream(stream, 1 << 16);
        try {
            buffered.mark(2);
            var isPacked = (buffered.read() << 8 | buffered.read()) == MAGIC;
            buffered.reset();
            return new TraceReader(
                    name, isPacked ? new BufferedInputStream(new GZIPInputStream(buffered), 1 << 16) : buffered);
        } catch (IOException e) {
            throw new TraceException(name + ": " + e.getMessage());
        }
    }

    /**
     * The next entry; empty at the end.
     *
     * @throws TraceException naming the line that is none, and what was expected
     */
    public Optional<Entry> next() throws TraceException {
        while (true) {
            var isWhole = readLine();
            if (length == 0 && !isWhole) {
                return end();
            }
            number++;
            try {
                var entry = decoder.decode(line, length);
                if (entry.isPresent()) {
                    return entry;
                }
            } catch (Unexpected e) {
                if (!isWhole && number > 1) {
                    cut = true;
                    return Optional.empty();
                }
                throw wrong(e.expected());
            }
        }
    }

    private Optional<Entry> end() throws TraceException {
        if (number == 0) {
            throw new TraceException(name + ": it is empty, expected the lines of a trace");
        }
        return Optional.empty();
    }

    /** Whether the last line was incomplete and left out; known at the end. */
    public boolean isCut() {
        return cut;
    }

    /** Whether there is a line end after it. */
    private boolean readLine() throws TraceException {
        length = 0;
        try {
            for (var next = from.read(); next >= 0; next = from.read()) {
                if (next == '\n') {
                    return true;
                }
                if (length == Line.LONGEST) {
                    number++;
                    throw wrong("at most " + Line.LONGEST + " bytes");
                }
                if (length == line.length) {
                    line = Arrays.copyOf(line, Math.min(Line.LONGEST, 2 * length));
                }
                line[length++] = (byte) next;
            }
        } catch (EOFException e) {
            // A packed file that ends too early: what there is of the line counts as cut.
            cut = true;
        } catch (ZipException e) {
            throw new TraceException(
                    name + ": line " + (number + 1) + ": the packed data is damaged: " + e.getMessage());
        } catch (TraceException e) {
            throw e;
        } catch (IOException e) {
            throw new TraceException(name + ": line " + (number + 1) + ": " + e.getMessage());
        }
        return false;
    }

    private TraceException wrong(String expected) {
        return new TraceException(name + ": line " + number + ": expected " + expected);
    }

    @Override
    public void close() throws IOException {
        from.close();
    }
}
