/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import java.util.concurrent.Semaphore;

/**
 * Lets one through at a time, and a few wait: each who waits keeps a thread of the server, and probes need one too. Thread-safe.
 */
final class Turnstile {
    private final Semaphore places;

    /** @param most how many there may be at a time, the one who is through among them */
    Turnstile(int most) {
        places = new Semaphore(most);
    }

    /** What is asked for. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws Refused;
    }

    /** @throws Refused if too many wait, or it is refused itself */
    <T> T pass(Question<T> question) throws Refused {
        if (!places.tryAcquire()) {
            throw Refused.busy("others are asking this, and are answered one after the other: ask again in a moment");
        }
        try {
            synchronized (this) {
                return question.ask();
            }
        } finally {
            places.release();
        }
    }
}
