/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a listener's exceptions from the loop. */
final class GuardedListener {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

    private final DiskGuardListener listener;

    GuardedListener(DiskGuardListener listener) {
        this.listener = listener;
    }

    void tell(Consumer<DiskGuardListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            LOG.warn("a listener failed and is ignored", e);
        }
    }
}
