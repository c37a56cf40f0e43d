/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a component called back with. */
final class Told implements Consumer<String> {
    private static final long SECONDS = 20;

    private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

    @Override
    public void accept(String what) {
        all.add(what);
    }

    /** Waits until that is told; what else was is passed over. */
    void await(String what) {
        try {
            String next;
            do {
                next = all.poll(SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("\"" + what + "\" was not told within " + SECONDS + " s");
                }
            } while (!next.equals(what));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
