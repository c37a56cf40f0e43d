/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.Pod;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The node's pods. A port handed to the builder. Thread-safe. */
public interface PodSource extends AutoCloseable {
    Snapshot snapshot();

    /** The pod of that uid if it is among those of a snapshot taken now. To find many, take one snapshot. */
    default Optional<Pod> find(String uid) {
        return snapshot() instanceof Snapshot.Synced synced
                ? synced.pods().stream().filter(pod -> pod.uid().equals(uid)).findFirst()
                : Optional.empty();
    }

    /** Calls back, on any thread, with the uid of each pod that was added, changed or deleted. The callback must not block. */
    void onChange(Consumer<String> uid);

    @Override
    void close();

    sealed interface Snapshot {
        /**
         * The pods of the node, as last heard.
         *
         * @param complete whether they are all: else a limit of a pod that is not among them is not taken back
         */
        record Synced(Collection<Pod> pods, boolean complete) implements Snapshot {
            public Synced {
                pods = List.copyOf(pods);
            }

            /** Every pod of the node. */
            public Synced(Collection<Pod> pods) {
                this(pods, true);
            }
        }

        /** The node's pods are not known yet: nothing may be cleared. */
        record Unknown(String reason) implements Snapshot {}
    }
}
