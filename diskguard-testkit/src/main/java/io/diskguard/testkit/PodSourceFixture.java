/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.spi.PodSource;
import java.util.Map;

/** A source of pods and what it listens to. Closing it closes both. */
public interface PodSourceFixture extends AutoCloseable {
    PodSource source();

    /**
     * Has the node run a pod of that name in namespace {@code default}, with one container {@code app} and these annotations,
     * or changes the one that it runs; returns its uid.
     */
    String put(String name, Map<String, String> annotations);

    /** Deletes the pod of that name. */
    void remove(String name);

    /** Has the source lose what it listens to before it was heard once; false where that cannot be had. */
    default boolean neverHeard() {
        return false;
    }

    @Override
    void close();
}
