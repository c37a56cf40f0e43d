/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import java.time.Duration;
import java.time.Instant;

/** Time cut into so few equal stretches that any length of time fits: they grow with it. Immutable. */
record TimeAxis(Instant start, Duration stretch) {
    /** How many stretches there are at most; twice as many as before a growth. */
    static final int MOST = 240;

    boolean fits(Instant time) {
        return Duration.between(start, time).compareTo(stretch.multipliedBy(MOST)) < 0;
    }

    /** Two stretches in one. */
    TimeAxis grown() {
        return new TimeAxis(start, stretch.multipliedBy(2));
    }

    /** Which stretch it is in; the first for what was before. */
    int index(Instant time) {
        return (int) Math.max(0, Duration.between(start, time).toMillis() / stretch.toMillis());
    }

    Instant at(int index) {
        return start.plus(stretch.multipliedBy(index));
    }
}
