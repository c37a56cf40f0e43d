/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.config.GuardConfig;
import io.diskguard.spi.StateStore;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a node without Kubernetes, and the thread that waits for its disk. */
record FileState(StateStore store, ExecutorService writer) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileState.class);
    private static final int PATIENCE_SECONDS = 2;

    /** Only who follows the pods keeps anything. */
    static Optional<FileState> of(GuardConfig config, NodePods.Use use) {
        if (use != NodePods.Use.FOLLOW) {
            return Optional.empty();
        }
        var writer = Executors.newSingleThreadExecutor(Threads.daemons("diskguard-state"));
        return Optional.of(new FileState(FileStateStore.open(config.stateDir(), writer), writer));
    }

    /** What is under way is written to its end. */
    @Override
    public void close() {
        store.close();
        writer.shutdown();
        try {
            if (!writer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the state of pods is still being written after {} s and is left", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
