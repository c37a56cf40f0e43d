/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.exchange;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One part, exchanged by one thread at a time and used by any. */
final class Switch<T extends AutoCloseable> {
    private static final Logger LOG = LoggerFactory.getLogger(Switch.class);

    private volatile T now;

    Switch(T first) {
        now = first;
    }

    T now() {
        return now;
    }

    Exchange to(T next) {
        var before = now;
        return new Exchange() {
            @Override
            public void put() {
                now = next;
            }

            @Override
            public void finish() {
                close(before);
            }

            @Override
            public void discard() {
                close(next);
            }
        };
    }

    void close() {
        close(now);
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            LOG.warn("what is not used any more did not close", e);
        }
    }
}
