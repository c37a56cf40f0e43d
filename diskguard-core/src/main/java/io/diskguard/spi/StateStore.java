/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.PodRef;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Texts that are kept with a pod and outlive its containers and this process. A port handed to the builder. Thread-safe. */
public interface StateStore extends AutoCloseable {
    /** The pod's texts by key, as last heard: a patch shows here when it was heard back. Empty if the pod is not known. */
    Map<String, String> read(String podUid);

    /**
     * Sets the keys that have a value and removes those that have none; others stay. Patches of one pod take effect in the
     * order of the calls. Never blocks; the stage never fails.
     */
    CompletionStage<Result> patch(PodRef pod, Map<String, Optional<String>> changes);

    /**
     * Forgets all other pods, where texts do not go with their pods by themselves. Never blocks.
     *
     * @param uids of every pod that there is
     */
    default void retain(Set<String> uids) {}

    @Override
    void close();

    /** What became of a patch. */
    sealed interface Result {
        /** The texts are kept. */
        record Stored() implements Result {}

        /** There is no such pod any more, or another one under its name. */
        record Gone() implements Result {}

        /** This process may not; trying again does not help until somebody permits it. */
        record Forbidden(String reason) implements Result {}

        /** The patch itself is not accepted; trying again does not help. */
        record Rejected(String reason) implements Result {}

        /** It could not be done now, after several tries. */
        record Failed(String reason) implements Result {}
    }
}
