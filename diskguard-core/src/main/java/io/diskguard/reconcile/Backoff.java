/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: doubling from a base to a cap, minus up to half of it by chance. */
public record Backoff(Duration base, Duration cap, RandomGenerator random) {
    private static final int MOST_DOUBLINGS = 30;

    public Backoff {
        if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("expected 0 < base <= cap, was " + base + " and " + cap);
        }
    }

    /** @param attempt how many tries have failed, 1 or more */
    public Duration delay(int attempt) {
        var doubled = base.toNanos() * Math.pow(2, Math.min(attempt - 1, MOST_DOUBLINGS));
        var most = (long) Math.min(doubled, cap.toNanos());
        return Duration.ofNanos(most - random.nextLong(most / 2 + 1));
    }
}
