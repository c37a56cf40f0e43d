/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.fault;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call that does not come back, deaf to interruption, as a system call on a dead disk is. Thread-safe. */
public final class Hang implements Fault {
    private static final long SECONDS = 20;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    Hang() {}

    @Override
    public @Nullable Object answer(Call call) throws Throwable {
        reached.countDown();
        var interrupted = false;
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return call.proceed();
    }

    /**
     * Waits until a call hangs.
     *
     * @throws AssertionError if none did within 20 s
     */
    public void awaitReached() {
        try {
            if (!reached.await(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing came to hang within " + SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** All that hang go on, and none hangs any more. */
    public void release() {
        released.countDown();
    }
}
