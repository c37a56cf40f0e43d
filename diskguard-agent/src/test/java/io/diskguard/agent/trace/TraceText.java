/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.trace;

import io.diskguard.spi.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Records a trace in memory and loses nothing. Not thread-safe. */
public final class TraceText extends Recorder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TraceEncoder encoder = new TraceEncoder();

    public TraceText(String node, Environment environment) {
        super(environment);
        append(() -> encoder.head(new Entry.Head(node, environment.clock().instant())));
    }

    @Override
    boolean take(Item item) {
        append(() -> item.lines(encoder));
        return true;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    private void append(Lines lines) {
        try {
            bytes.write(lines.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Lines {
        byte[] get() throws IOException;
    }
}
