/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.model.PodRef;
import io.diskguard.spi.StateStore;
import java.util.function.BooleanSupplier;

/** A store of texts and where it keeps them. Closing it closes both. */
public interface StateStoreFixture extends AutoCloseable {
    StateStore store();

    /** Has the node run a pod of that name in namespace {@code default}, of which the store knows no texts. */
    PodRef put(String name);

    /** Returns when the condition holds, which is looked at again and again; fails if it does not come about. */
    void until(String what, BooleanSupplier condition);

    @Override
    void close();
}
