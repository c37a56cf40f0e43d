/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart.state;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.model.SmartStateKeys;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.state.Texts;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pod's limits in one annotation a number, as this agent shows them and as the original agents wrote them, which knew no
 * other: numbers in {@code read-iops-limit} and so on, or over the owner's in {@code read-iops}; {@code 15m}, {@code 5min}
 * or {@code legacy} in {@code triggered-by}. The first of them wrote {@code auto-iops} and {@code auto-bps} alone.
 */
record FlatState(String prefix, Map<String, String> annotations) {
    /** As {@code RAMInBytes} of {@code github.com/docker/go-units} reads it, which the original used: {@code M} is 2²⁰. */
    private static final Pattern BYTES =
            Pattern.compile("(\\d{1,20}(?:\\.\\d{1,20})?) ?([kmgtp])?i?b?", Pattern.CASE_INSENSITIVE);

    private static final Pattern OPERATIONS = Pattern.compile("\\d{1,20}");
    private static final Pattern MINUTES = Pattern.compile("(\\d{1,5}m)in");
    private static final String LEGACY = "legacy";
    private static final String TRUE = "true";
    private static final int LONGEST_WINDOW = 40;
    private static final int LONGEST_REASON = 200;

    /** {@code read-iops-limit}: what is in force in the number. */
    static String limitKey(LimitKey key) {
        return usersKey(key) + "-limit";
    }

    private static String usersKey(LimitKey key) {
        return (key.isRead() ? "read-" : "write-") + unit(key);
    }

    private static String unit(LimitKey key) {
        return key.isOperations() ? "iops" : "bps";
    }

    boolean is(String name) {
        return text(name).filter(TRUE::equalsIgnoreCase).isPresent();
    }

    /** Whether the original agent limited the pod. */
    boolean isOriginals() {
        return text(SmartStateKeys.TRIGGERED_BY).isPresent()
                && text(SmartStateKeys.SMART_LIMIT).isEmpty();
    }

    /** Whether the original agent's numbers stand in the owner's keys; a {@code "0"} there is the owner's. */
    boolean hasOriginalsNumbers() {
        return isOriginals()
                && Stream.of(LimitKey.values())
                        .anyMatch(key -> !text(usersKey(key)).orElse("0").equals("0"));
    }

    /** For every container and disk of the pod; empty if there is no limit. */
    Optional<SmartLimit> read(Duration removeDelay, Believed believed) {
        if (!is(SmartStateKeys.SMART_LIMIT) && !isOriginals()) {
            return Optional.empty();
        }
        var rates = IoLimit.UNLIMITED;
        for (var key : LimitKey.values()) {
            rates = rates.with(key, rate(key, believed));
        }
        if (rates.isUnlimited()) {
            return Optional.empty();
        }
        var at = time(SmartStateKeys.APPLIED_AT, believed).orElse(believed.now());
        var reason = Texts.clean(text(SmartStateKeys.TRIGGER_REASON).orElse(""), LONGEST_REASON);
        return Optional.of(believed.limit(new SmartLimit(window(believed), at, rates, removeDelay, reason)));
    }

    /** Empty if there is none, or one that makes no sense. */
    Optional<Instant> time(String name, Believed believed) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(believed.time(Instant.parse(text)));
            } catch (DateTimeException e) {
                problem(name, "a time such as 2026-01-31T12:00:00Z", believed);
                return Optional.empty();
            }
        });
    }

    private String window(Believed believed) {
        var said = text(SmartStateKeys.TRIGGERED_BY).filter(text -> !text.isEmpty());
        if (said.filter(text -> !text.equals(Texts.clean(text, LONGEST_WINDOW))).isPresent()) {
            problem(SmartStateKeys.TRIGGERED_BY, "the name of a window, such as 15m", believed);
            return LEGACY;
        }
        return said.map(text -> MINUTES.matcher(text).replaceFirst("$1")).orElse(LEGACY);
    }

    private Rate rate(LimitKey key, Believed believed) {
        var rate = number(limitKey(key), key, believed);
        if (isOriginals()) {
            return rate.strictest(number(usersKey(key), key, believed));
        }
        var isShown = text("read-" + unit(key) + "-limit")
                .or(() -> text("write-" + unit(key) + "-limit"))
                .isPresent();
        return isShown ? rate : number("auto-" + unit(key), key, believed);
    }

    private Rate number(String name, LimitKey key, Believed believed) {
        var text = text(name).orElse("0");
        var number = (key.isOperations() ? OPERATIONS : BYTES).matcher(text);
        if (number.matches()) {
            var value = new BigDecimal(key.isOperations() ? text : number.group(1));
            if (!key.isOperations() && number.group(2) != null) {
                value = value.multiply(BigDecimal.valueOf(1L
                        << 10
                                * ("kmgtp"
                                                .indexOf(Character.toLowerCase(
                                                        number.group(2).charAt(0)))
                                        + 1)));
            }
            if (value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return Rate.ofZeroIsUnlimited(value.longValue());
            }
        }
        problem(
                name,
                key.isOperations()
                        ? "a whole number of operations a second"
                        : "bytes a second, such as 10485760 or 10M",
                believed);
        return Rate.UNLIMITED;
    }

    private void problem(String name, String expected, Believed believed) {
        believed.problem(prefix + "/" + name, annotations.getOrDefault(prefix + "/" + name, ""), expected);
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(annotations.get(prefix + "/" + name)).map(String::strip);
    }
}
