/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.config.DiskCapacity;
import io.diskguard.config.SmartSettings;
import io.diskguard.config.SmartWindow;
import io.diskguard.config.Threshold;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.util.OptionalDouble;

/** What the rates of one container on one disk are compared with. */
record Yardstick(SmartSettings settings, IoLimit statics, DiskCapacity capacity) {

    /** What fractions of this number are of; empty: they are not judged. */
    OptionalDouble reference(LimitKey key) {
        if (settings.reference() == SmartSettings.Reference.LIMIT
                && statics.get(key) instanceof Rate.PerSecond limited) {
            return OptionalDouble.of(limited.value());
        }
        var total = key.isOperations() ? capacity.iops() : capacity.bps();
        return total.isPresent() ? OptionalDouble.of(total.getAsLong()) : OptionalDouble.empty();
    }

    /** What has to be exceeded in the window, a second; empty: nothing is too much. */
    OptionalDouble trigger(SmartWindow window, LimitKey key) {
        return absolute(window.threshold(key), reference(key));
    }

    /** What the rate in the window has to be below for a release, a second; empty: any is. */
    OptionalDouble remove(SmartWindow window, LimitKey key) {
        var threshold = settings.release().threshold(key);
        var reference = reference(key);
        var trigger = window.threshold(key);
        if (threshold instanceof Threshold.Fraction fraction && trigger instanceof Threshold.PerSecond limit) {
            // Of the reference it might be above the trigger: a limit would be released by the load that sets it
            return OptionalDouble.of(fraction.value() * Math.min(limit.value(), reference.orElse(limit.value())));
        }
        return absolute(threshold, reference);
    }

    private static OptionalDouble absolute(Threshold threshold, OptionalDouble reference) {
        if (threshold instanceof Threshold.Fraction fraction) {
            return reference.isPresent()
                    ? OptionalDouble.of(fraction.value() * reference.getAsDouble())
                    : OptionalDouble.empty();
        }
        return OptionalDouble.of(((Threshold.PerSecond) threshold).value());
    }
}
