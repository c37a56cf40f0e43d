/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Numbers as short as a table needs them. Pure. */
final class Figures {
    private static final String UNKNOWN = "-";
    private static final String[] UNITS = {"", "K", "M", "G", "T", "P", "E"};
    private static final double OPERATIONS = 1000;
    private static final double BYTES = 1024;
    /** From here on a unit saves room. */
    private static final double LONG = 100_000;

    private Figures() {}

    /** {@code 0}, {@code 4.2}, {@code 1200}, {@code 48.0K}: K is 1000 operations, or 1024 bytes. */
    static String amount(double amount, boolean operations) {
        if (operations && amount < LONG || amount < BYTES) {
            return amount == 0 || amount >= 10 ? Long.toString(Math.round(amount)) : decimal(amount);
        }
        var scaled = amount;
        var unit = 0;
        var step = operations ? OPERATIONS : BYTES;
        while (scaled >= step && unit < UNITS.length - 1) {
            scaled /= step;
            unit++;
        }
        return (scaled >= 100 ? Long.toString(Math.round(scaled)) : decimal(scaled)) + UNITS[unit];
    }

    static String rate(OptionalDouble rate, LimitKey key) {
        return rate.isPresent() ? amount(rate.getAsDouble(), key.isOperations()) : UNKNOWN;
    }

    /** {@code ?} where it is not known what the kernel has. */
    static String limit(Optional<IoLimit> kernel, LimitKey key) {
        if (kernel.isEmpty()) {
            return "?";
        }
        return kernel.get().get(key) instanceof Rate.PerSecond limit
                ? amount(limit.value(), key.isOperations()).replaceFirst("\\.0(?=\\D|$)", "")
                : "max";
    }

    /** {@code 97%}. */
    static String percent(OptionalDouble share) {
        return share.isEmpty() ? UNKNOWN : Math.min(999, Math.round(share.getAsDouble() * 100)) + "%";
    }

    /** {@code 42s}, {@code 12m}, {@code 3h05m}, {@code 2d04h}. */
    static String age(Duration age) {
        var seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 86_400
                ? String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60)
                : String.format(Locale.ROOT, "%dd%02dh", seconds / 86_400, seconds / 3600 % 24);
    }

    private static String decimal(double amount) {
        return String.format(Locale.ROOT, "%.1f", amount);
    }
}
