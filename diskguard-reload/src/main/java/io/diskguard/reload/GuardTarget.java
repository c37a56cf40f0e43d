/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.DiskGuard;
import io.diskguard.config.GuardConfig;
import io.diskguard.device.DeviceResolver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Puts a configuration in force in a running guard, if the disks that it newly names can be found. For hosts that hand the
 * guard all its parts: what else was made of the configuration is theirs to exchange. Thread-safe.
 */
public final class GuardTarget implements ConfigTarget {
    /** Many times what the longest turn of the loop takes. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final DiskGuard guard;
    private final DeviceResolver resolver;
    private final Duration timeout;

    /** For a guard whose loop turns. */
    public GuardTarget(DiskGuard guard, DeviceResolver resolver) {
        this(guard, resolver, TIMEOUT);
    }

    GuardTarget(DiskGuard guard, DeviceResolver resolver, Duration timeout) {
        this.guard = guard;
        this.resolver = resolver;
        this.timeout = timeout;
    }

    @Override
    public Answer apply(GuardConfig next) {
        var missing = NewDisks.missing(guard.config(), next, resolver);
        return missing.isPresent() ? new Answer.Refused(missing.get()) : await(guard.reconfigure(next, () -> {}));
    }

    private Answer await(CompletableFuture<Void> done) {
        try {
            done.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new Answer.Applied();
        } catch (ExecutionException e) {
            return new Answer.Refused(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            return cancel(done, "the loop did not turn for " + timeout.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return cancel(done, "interrupted");
        }
    }

    /** At the last moment it may have come in force after all. */
    private static Answer cancel(CompletableFuture<Void> done, String reason) {
        return done.cancel(false) || done.isCompletedExceptionally()
                ? new Answer.Refused(reason)
                : new Answer.Applied();
    }
}
