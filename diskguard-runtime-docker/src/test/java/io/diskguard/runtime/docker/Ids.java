/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import java.time.Duration;

/** Ids as docker makes them, and a deadline that a busy machine keeps too: the first call loads the client. */
final class Ids {
    static final Duration PATIENT = Duration.ofSeconds(30);

    private Ids() {}

    static String id(int number) {
        return String.format("%064x", 0xabc000 + number);
    }
}
