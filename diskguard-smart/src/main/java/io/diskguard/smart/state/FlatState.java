/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart.state;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.model.SmartStateKeys;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.state.SmartLimitJson;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pod's limits in one annotation a number, as this agent shows them and as the original agents wrote them, which knew no
 * other: numbers in {@code read-iops-limit} and so on, or over the owner's in {@code read-iops}; {@code 15m}, {@code 5min}
 * or {@code legacy} in {@code triggered-by}. The first of them wrote {@code auto-iops} and {@code auto-bps} alone.
 */
final class FlatState {
    /** As {@code RAMInBytes} of {@code github.com/docker/go-units} reads it, which the original used: {@code M} is 2²⁰. */
    private static final Pattern BYTES = Pattern.compile("(\\d{1,20}(?:\\.\\d{1,20})?) ?([kmgtpKMGTP]?)[iI]?[bB]?");

    private static final Pattern OPERATIONS = Pattern.compile("(\\d{1,20})()");
    private static final Pattern MINUTES = Pattern.compile("(\\d{1,5}m)in");
    private static final String UNITS = "KMGTP";
    private static final int LONGEST_WINDOW = 40;

    private final String prefix;
    private final Map<String, String> annotations;
    private final Believed believed;

    FlatState(String prefix, Map<String, String> annotations, Believed believed) {
        this.prefix = prefix;
        this.annotations = annotations;
        this.believed = believed;
    }

    /** {@code read-iops-limit}: what is in force in the number. */
    static String limitKey(LimitKey key) {
        return usersKey(key).concat("-limit");
    }

    private static String usersKey(LimitKey key) {
        return (key.isRead() ? "read" : "write").concat(unit(key));
    }

    private static String unit(LimitKey key) {
        return key.isOperations() ? "-iops" : "-bps";
    }

    boolean is(String name) {
        return text(name, "").equalsIgnoreCase("true");
    }

    /** Whether the original agent limited the pod. */
    private boolean isOriginals() {
        return has(SmartStateKeys.TRIGGERED_BY) && !has(SmartStateKeys.SMART_LIMIT);
    }

    /** Whether the original agent's numbers stand in the owner's keys; a {@code "0"} there is the owner's. */
    boolean hasOriginalsNumbers() {
        var has = false;
        for (var key : LimitKey.values()) {
            has |= !text(usersKey(key), "0").equals("0");
        }
        return has && isOriginals();
    }

    /** For every container and disk of the pod; empty if there is no limit. */
    Optional<SmartLimit> read(Duration removeDelay) {
        var rates = IoLimit.UNLIMITED;
        if (is(SmartStateKeys.SMART_LIMIT) || isOriginals()) {
            for (var key : LimitKey.values()) {
                rates = rates.with(key, rate(key));
            }
        }
        if (rates.isUnlimited()) {
            return Optional.empty();
        }
        var at = time(SmartStateKeys.APPLIED_AT).orElse(believed.now());
        var reason = SmartLimitJson.shortened(text(SmartStateKeys.TRIGGER_REASON, ""));
        return Optional.of(believed.limit(new SmartLimit(window(), at, rates, removeDelay, reason)));
    }

    /** Empty if there is none, or one that makes no sense. */
    Optional<Instant> time(String name) {
        if (has(name)) {
            try {
                return Optional.of(believed.time(Instant.parse(text(name, ""))));
            } catch (DateTimeException e) {
                problem(name, "a time such as 2026-01-31T12:00:00Z");
            }
        }
        return Optional.empty();
    }

    private String window() {
        var said = text(SmartStateKeys.TRIGGERED_BY, "");
        if (!said.equals(SmartLimitJson.clean(said, LONGEST_WINDOW))) {
            problem(SmartStateKeys.TRIGGERED_BY, "the name of a window, such as 15m");
            said = "";
        }
        return said.isEmpty() ? "legacy" : MINUTES.matcher(said).replaceFirst("$1");
    }

    private Rate rate(LimitKey key) {
        var rate = number(limitKey(key), key);
        if (isOriginals()) {
            return rate.strictest(number(usersKey(key), key));
        }
        var isShown = false;
        for (var other : LimitKey.values()) {
            isShown |= other.isOperations() == key.isOperations() && has(limitKey(other));
        }
        return isShown ? rate : number("auto".concat(unit(key)), key);
    }

    private Rate number(String name, LimitKey key) {
        var number = (key.isOperations() ? OPERATIONS : BYTES).matcher(text(name, "0"));
        if (number.matches()) {
            var unit = number.group(2).toUpperCase(Locale.ROOT);
            var power = unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1);
            var value = new BigDecimal(number.group(1)).multiply(BigDecimal.valueOf(1L << power));
            if (value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return Rate.ofZeroIsUnlimited(value.longValue());
            }
        }
        problem(name, key.isOperations() ? "a whole number" : "bytes a second, such as 10485760 or 10M");
        return Rate.UNLIMITED;
    }

    private void problem(String name, String expected) {
        believed.problem(key(name), text(name, ""), expected);
    }

    private String key(String name) {
        return prefix + "/" + name;
    }

    private boolean has(String name) {
        return annotations.containsKey(key(name));
    }

    private String text(String name, String absent) {
        return annotations.getOrDefault(key(name), absent).strip();
    }
}
