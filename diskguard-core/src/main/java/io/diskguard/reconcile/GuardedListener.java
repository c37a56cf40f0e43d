/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each listener in turn; one that throws costs neither the others nor the loop anything. */
final class GuardedListener {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

    private final List<DiskGuardListener> listeners;

    GuardedListener(List<DiskGuardListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void tell(Consumer<DiskGuardListener> event) {
        for (var listener : listeners) {
            try {
                event.accept(listener);
            } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
                LOG.warn("a listener failed and is ignored", e);
            }
        }
    }
}
