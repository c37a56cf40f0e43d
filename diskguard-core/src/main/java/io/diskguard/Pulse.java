/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard;

import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.PodRun;
import io.diskguard.spi.Ticker;
import java.time.Duration;

/** How late the loop is with what is due: with its next turn, or in a turn with its next pod. Thread-safe. */
final class Pulse implements DiskGuardListener {
    private final Ticker ticker;
    private volatile long due;

    Pulse(Ticker ticker) {
        this.ticker = ticker;
        this.due = ticker.nanos();
    }

    /** Something was done; the next is due after that time. */
    void expect(Duration after) {
        due = ticker.nanos() + after.toNanos();
    }

    Duration late() {
        return Duration.ofNanos(Math.max(0, ticker.nanos() - due));
    }

    @Override
    public void podReconciled(PodRun run) {
        expect(Duration.ZERO);
    }

    @Override
    public void podFailed(String uid, RuntimeException failure) {
        expect(Duration.ZERO);
    }
}
