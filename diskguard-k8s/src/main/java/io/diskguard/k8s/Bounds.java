/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import java.time.Duration;

/**
 * How much of an answer is waited for, and taken.
 *
 * @param patience for a whole answer
 * @param bytes of one; more is none
 */
record Bounds(Duration patience, long bytes) {
    /** The text of more pods than a node has; on a small heap less, since it is there twice for a moment. */
    static final Bounds USUAL = new Bounds(
            Duration.ofSeconds(30), Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 3));

    Bounds withPatience(Duration other) {
        return new Bounds(other, bytes);
    }

    int millis() {
        return Math.toIntExact(patience.toMillis());
    }
}
