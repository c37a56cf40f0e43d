/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import java.util.Random;

/** What an agent is at when it is killed. */
enum Phase {
    /** It has just been started. */
    STARTUP(55),
    /** It ran, and something has just changed. */
    STEADY(25),
    /** Its configuration has just changed. */
    RELOAD(10),
    /** It has just been told to end. */
    SHUTDOWN(10),
    /** It has just limited a container for its load: once, as that takes half a minute. */
    DECISION(0);

    private static final int ALL = 100;
    private final int share;

    Phase(int share) {
        this.share = share;
    }

    static Phase next(Random random) {
        var number = random.nextInt(ALL);
        for (var phase : values()) {
            number -= phase.share;
            if (number < 0) {
                return phase;
            }
        }
        throw new IllegalStateException("the shares are not " + ALL);
    }
}
