/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.smart;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Hangs for ever where it was told to, so that the process can be killed exactly there. Thread-safe. */
record Stops(Optional<String> at) {
    /** Of a limit being set, or of one being taken back. */
    enum What {
        APPLY,
        RELEASE
    }

    void reach(What what, String step) {
        var point = what.name().toLowerCase(Locale.ROOT) + ":" + step;
        if (at.filter(point::equals).isPresent()) {
            SmartNode.say("stopped at " + point);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
