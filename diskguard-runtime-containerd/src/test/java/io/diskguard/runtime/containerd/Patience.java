/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** For what a process outside does in its own time. */
final class Patience {
    private static final int TRIES = 2000;

    private Patience() {}

    /** Looks every 10 ms, for 20 s at most. */
    static void until(String what, BooleanSupplier holds) {
        var never = new CountDownLatch(1);
        try {
            for (var i = 0; i < TRIES; i++) {
                if (holds.getAsBoolean()) {
                    return;
                }
                never.await(10, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        fail("in vain: " + what);
    }
}
