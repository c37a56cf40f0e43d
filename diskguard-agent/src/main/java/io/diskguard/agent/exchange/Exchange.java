/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.exchange;

import java.util.List;

/** Another part, made and not yet in use. Either {@link #put} and then {@link #finish}, or {@link #discard}. */
public interface Exchange {
    /** Nothing is exchanged. */
    Exchange NONE = of(List.of());

    /** Has the other one used from now on; does not fail, and takes no time. */
    void put();

    /** Closes the one that was used before. */
    void finish();

    /** Closes the other one, which was never used. */
    void discard();

    /** All of these as one. */
    static Exchange of(List<Exchange> each) {
        var all = List.copyOf(each);
        return new Exchange() {
            @Override
            public void put() {
                all.forEach(Exchange::put);
            }

            @Override
            public void finish() {
                all.forEach(Exchange::finish);
            }

            @Override
            public void discard() {
                all.forEach(Exchange::discard);
            }
        };
    }
}
