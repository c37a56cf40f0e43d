/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.Pod;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The node's pods. A port handed to the builder. Thread-safe. */
public interface PodSource extends AutoCloseable {
    Snapshot snapshot();

    /** Calls back, on any thread, with the uid of each pod that was added, changed or deleted. The callback must not block. */
    void onChange(Consumer<String> uid);

    @Override
    void close();

    sealed interface Snapshot {
        /** Every pod of the node, as last heard. */
        record Synced(Collection<Pod> pods) implements Snapshot {
            public Synced {
                pods = List.copyOf(pods);
            }
        }

        /** The node's pods are not known yet: nothing may be cleared. */
        record Unknown(String reason) implements Snapshot {}
    }
}
