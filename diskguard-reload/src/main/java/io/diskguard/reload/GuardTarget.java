/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.DiskGuard;
import io.diskguard.config.GuardConfig;
import io.diskguard.device.DeviceResolver;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Puts a configuration in force in a running guard, where the disks that it newly names can be found. Thread-safe for one
 * thread at a time.
 */
public final class GuardTarget implements ConfigTarget {
    /** Many times what the longest turn of the loop takes. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final DiskGuard guard;
    private final DeviceResolver resolver;
    private final Duration timeout;
    private volatile GuardConfig inForce;

    /** @param inForce what the guard was built with */
    public GuardTarget(DiskGuard guard, DeviceResolver resolver, GuardConfig inForce) {
        this(guard, resolver, inForce, TIMEOUT);
    }

    GuardTarget(DiskGuard guard, DeviceResolver resolver, GuardConfig inForce, Duration timeout) {
        this.guard = guard;
        this.resolver = resolver;
        this.inForce = inForce;
        this.timeout = timeout;
    }

    @Override
    public Answer apply(GuardConfig next) {
        var missing = NewDisks.missing(inForce, next, resolver);
        if (missing.isPresent()) {
            return new Answer.Refused(missing.get());
        }
        var done = guard.reconfigure(next, () -> {});
        try {
            done.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            inForce = next;
            return new Answer.Applied();
        } catch (ExecutionException e) {
            return new Answer.Refused(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            done.cancel(false);
            return new Answer.Refused("the loop took no configuration for " + timeout.toSeconds() + " s");
        } catch (InterruptedException e) {
            done.cancel(false);
            Thread.currentThread().interrupt();
            return new Answer.Refused("interrupted");
        }
    }
}
