/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.diskguard.spi.Ticker;
import java.time.Duration;

/** Lets so many through at once, and one more each time its period has passed. Not thread-safe. */
final class TokenBucket {
    private final int capacity;
    private final long period;
    private final Ticker ticker;
    private int tokens;
    private long filled;

    TokenBucket(int capacity, Duration period, Ticker ticker) {
        this.capacity = capacity;
        this.period = period.toNanos();
        this.ticker = ticker;
        this.tokens = capacity;
        this.filled = ticker.nanos();
    }

    boolean take() {
        var earned = (ticker.nanos() - filled) / period;
        filled += earned * period;
        tokens = (int) Math.min(capacity, tokens + earned);
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }
}
