/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the keys of smart limit mean together. */
final class SmartRules {
    private SmartRules() {}

    static void check(ConfigValues values, Findings findings) {
        removeIsBelowTriggers(values, findings);
        keysWithoutEffect(values, findings);
        for (var window : SmartWindowKeys.inForce(values)) {
            if (window.length().compareTo(values.get(SmartKeys.MONITOR_INTERVAL).multipliedBy(2)) < 0) {
                findings.warn(
                        SmartKeys.MONITOR_INTERVAL,
                        "is so long that the window " + window.name() + " never has two samples and never triggers");
            }
        }
        if (values.get(SmartKeys.ENABLED)) {
            fractionsOfNothing(values, findings);
            limitsThatNobodyPasses(values, findings);
        }
    }

    /** A container that is held to less than every threshold never exceeds one. */
    private static void limitsThatNobodyPasses(ConfigValues values, Findings findings) {
        var limits = LimitKeys.settings(values).defaults();
        if (values.get(SmartKeys.REFERENCE) == SmartSettings.Reference.LIMIT
                || !values.find(DiskKeys.DISKS).orElse(List.of()).isEmpty()) {
            return;
        }
        for (var window : SmartWindowKeys.inForce(values)) {
            for (var key : LimitKey.values()) {
                var total = values.get(key.isOperations() ? DiskKeys.TOTAL_IOPS : DiskKeys.TOTAL_BPS);
                var trigger = window.threshold(key) instanceof Threshold.Fraction fraction
                        ? total > 0 ? fraction.value() * total : Double.MAX_VALUE
                        : ((Threshold.PerSecond) window.threshold(key)).value();
                var most = limits.get(key) instanceof Rate.PerSecond limited ? limited.value() : Double.MAX_VALUE;
                if (most > trigger) {
                    return;
                }
            }
        }
        findings.warn(
                SmartKeys.ENABLED,
                "limits nobody who has the default limits, which are below the threshold of every window; with "
                        + SmartKeys.REFERENCE + ": limit they are what fractions are of");
    }

    /** Else a limit would be released by the very rate that triggers it. */
    private static void removeIsBelowTriggers(ConfigValues values, Findings findings) {
        for (var kind : List.of(LimitKey.RIOPS, LimitKey.RBPS)) {
            var absolute = kind.isOperations() ? SmartReleaseKeys.IOPS : SmartReleaseKeys.BPS;
            var remove = values.find(absolute);
            for (var window : SmartWindowKeys.inForce(values)) {
                var trigger = trigger(values, window, kind);
                if (remove.isEmpty()
                        && window.threshold(kind) instanceof Threshold.Fraction fraction
                        && values.get(SmartReleaseKeys.FRACTION) >= fraction.value()) {
                    if (values.areGood(SmartReleaseKeys.FRACTION, trigger)) {
                        var culprit = values.isSet(SmartReleaseKeys.FRACTION) ? SmartReleaseKeys.FRACTION : trigger;
                        findings.problem(
                                culprit,
                                SmartReleaseKeys.FRACTION + " below every fractional threshold; the window "
                                        + window.name() + " has " + fraction + " for " + what(kind) + ", and "
                                        + SmartReleaseKeys.FRACTION + " is " + values.get(SmartReleaseKeys.FRACTION));
                    }
                } else if (window.threshold(kind) instanceof Threshold.PerSecond limit
                        && remove.orElse(0L) >= limit.value()) {
                    findings.warn(absolute, "is not below " + limit + ", the threshold of the window " + window.name());
                }
            }
        }
    }

    private static void keysWithoutEffect(ConfigValues values, Findings findings) {
        var useless = new ArrayList<ConfigKey<?>>();
        var windows = values.isSet(SmartWindowKeys.WINDOWS);
        if (windows || !values.get(SmartWindowKeys.GRADED)) {
            SmartWindowKeys.GRADES.forEach(grade -> grade.keys().forEach(useless::add));
        }
        if (windows || values.get(SmartWindowKeys.GRADED)) {
            useless.addAll(List.of(SmartWindowKeys.HISTORY, SmartWindowKeys.HIGH_IO, SmartWindowKeys.HIGH_BPS));
        }
        if (windows) {
            useless.add(SmartWindowKeys.GRADED);
        }
        if (!values.get(SmartKeys.UNDER_PRESSURE)) {
            useless.addAll(List.of(SmartKeys.SOME_PERCENT, SmartKeys.AWAIT_FACTOR));
        }
        for (var key : useless) {
            if (values.isSet(key)) {
                findings.warn(key, "has no effect: " + reason(key, windows));
            }
        }
    }

    private static String reason(ConfigKey<?> key, boolean windows) {
        if (key == SmartKeys.SOME_PERCENT || key == SmartKeys.AWAIT_FACTOR) {
            return SmartKeys.UNDER_PRESSURE + " is false";
        }
        if (windows) {
            return SmartWindowKeys.WINDOWS + " overrides it";
        }
        return SmartWindowKeys.GRADED + " is " + (SmartWindowKeys.GROUP.keys().indexOf(key) < 3);
    }

    private static void fractionsOfNothing(ConfigValues values, Findings findings) {
        var limits = LimitKeys.settings(values).defaults();
        for (var kind : List.of(LimitKey.RIOPS, LimitKey.RBPS)) {
            var total = kind.isOperations() ? DiskKeys.TOTAL_IOPS : DiskKeys.TOTAL_BPS;
            var other = kind.isOperations() ? LimitKey.WIOPS : LimitKey.WBPS;
            var limited = values.get(SmartKeys.REFERENCE) == SmartSettings.Reference.LIMIT
                    && limits.get(kind) instanceof Rate.PerSecond
                    && limits.get(other) instanceof Rate.PerSecond;
            var known = values.get(total) > 0
                    || values.find(DiskKeys.DISKS).orElse(List.of()).stream()
                            .anyMatch(disk -> (kind.isOperations() ? disk.iops() : disk.bps()).orElse(0L) > 0);
            var fraction = SmartWindowKeys.inForce(values).stream()
                    .filter(window -> window.threshold(kind) instanceof Threshold.Fraction)
                    .findFirst();
            if (fraction.isPresent() && !known && !limited) {
                findings.warn(
                        total,
                        "is 0, so that " + what(kind) + " are not judged by fractions of it; the window "
                                + fraction.get().name() + " has "
                                + fraction.get().threshold(kind));
            }
        }
    }

    private static ConfigKey<?> trigger(ConfigValues values, SmartWindow window, LimitKey kind) {
        if (values.isSet(SmartWindowKeys.WINDOWS)) {
            return SmartWindowKeys.WINDOWS;
        }
        Optional<ConfigKey<Threshold>> graded = SmartWindowKeys.GRADES.stream()
                .filter(grade ->
                        values.get(SmartWindowKeys.GRADED) && grade.length().equals(window.length()))
                .map(grade -> kind.isOperations() ? grade.io() : grade.bps())
                .findFirst();
        return graded.orElse(kind.isOperations() ? SmartWindowKeys.HIGH_IO : SmartWindowKeys.HIGH_BPS);
    }

    private static String what(LimitKey kind) {
        return kind.isOperations() ? "operations" : "bytes";
    }
}
