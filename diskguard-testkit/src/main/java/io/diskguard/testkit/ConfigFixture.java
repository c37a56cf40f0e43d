/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.spi.ConfigSource;
import java.util.Map;

/** A source of configuration and what it reads. Closing it closes both. */
public interface ConfigFixture extends AutoCloseable {
    ConfigSource source();

    /** Has the source say these instead, and returns when it does; false where its content never changes. */
    default boolean change(Map<String, Object> values) {
        return false;
    }

    /** Spoils what the source reads, so that nothing of it can be understood; false where that cannot be. */
    default boolean spoil() {
        return false;
    }

    /** Whether the source calls back by itself after {@link #change}. */
    default boolean callsBack() {
        return false;
    }

    @Override
    void close();
}
