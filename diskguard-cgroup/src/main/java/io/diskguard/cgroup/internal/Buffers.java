/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.internal;

import io.diskguard.spi.ReadBuffer;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Read buffers that are used again: as many as threads ever read at once, none waits for another. Thread-safe. */
public final class Buffers {
    private final ConcurrentLinkedQueue<ReadBuffer> free = new ConcurrentLinkedQueue<>();

    /** No buffers yet. */
    public Buffers() {}

    /** Lends a buffer for the time of the task. */
    public <T> T with(Function<ReadBuffer, T> task) {
        var buffer = Optional.ofNullable(free.poll()).orElseGet(ReadBuffer::new);
        try {
            return task.apply(buffer);
        } finally {
            free.add(buffer);
        }
    }
}
