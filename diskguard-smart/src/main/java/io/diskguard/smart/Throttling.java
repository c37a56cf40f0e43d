/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.config.SmartSettings;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.SmartLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** How a trigger tightens a limit. Pure. */
record Throttling(SmartSettings settings) {
    private static final double OF_RATE = 0.8;

    /**
     * The limit that is to be in force from now on; empty if it would be no stricter than what is.
     *
     * @param statics what holds without any smart limit
     * @param before the smart limit until now
     * @param believed its numbers that anybody may have written: they keep no stricter one from coming
     * @param removeDelay of a limit that there was not
     */
    Optional<SmartLimit> tightened(
            Trigger trigger,
            IoLimit statics,
            Optional<SmartLimit> before,
            Set<LimitKey> believed,
            Duration removeDelay,
            Instant now) {
        var held = before.map(SmartLimit::rates).orElse(IoLimit.UNLIMITED);
        var rates = held;
        for (var key : trigger.exceeded()) {
            // A number that is limited stays as it is, unless somebody configured a stricter one
            var isFirm = !held.get(key).isUnlimited() && !believed.contains(key);
            if (isFirm && trigger.window().limit(key).isEmpty()) {
                continue;
            }
            var wanted = wanted(trigger, key);
            if (wanted.isStricterThan(statics.get(key)) && wanted.isStricterThan(held.get(key))) {
                rates = rates.with(key, wanted);
            }
        }
        return rates.equals(held)
                ? Optional.empty()
                : Optional.of(new SmartLimit(
                        trigger.window().name(),
                        now,
                        rates,
                        before.map(SmartLimit::removeDelay).orElse(removeDelay),
                        trigger.reason()));
    }

    private Rate wanted(Trigger trigger, LimitKey key) {
        var configured = trigger.window().limit(key);
        if (configured.isPresent()) {
            return Rate.perSecond(configured.getAsLong());
        }
        var computed = (long) (OF_RATE * trigger.rates().get(key));
        return Rate.perSecond(Math.max(settings.least(key), computed));
    }
}
