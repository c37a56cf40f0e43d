/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers for people. */
final class Figures {
    private static final DateTimeFormatter TIME = format("HH:mm");
    private static final DateTimeFormatter DAY_AND_TIME = format("MM-dd HH:mm");

    private Figures() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String mark(Instant time, boolean withDay) {
        return (withDay ? DAY_AND_TIME : TIME).format(time);
    }

    /** {@code 950}, {@code 2.8k}, {@code 12.5Mi}; a unit of 1000 for operations, of 1024 for bytes. */
    static String rate(LimitKey key, double rate) {
        var step = key.isOperations() ? 1000 : 1024;
        var units = key.isOperations() ? new String[] {"", "k", "M", "G"} : new String[] {"", "Ki", "Mi", "Gi", "Ti"};
        var unit = 0;
        var shown = rate;
        while (shown >= 9.995 * step / 10 && unit < units.length - 1) {
            shown /= step;
            unit++;
        }
        var digits = shown >= 99.95 || shown == Math.rint(shown) ? "%.0f" : "%.1f";
        return String.format(Locale.ROOT, digits, shown) + units[unit];
    }

    static String rate(LimitKey key, Rate rate) {
        return rate instanceof Rate.PerSecond limited
                ? key.isOperations() ? rate.toString() : rate(key, limited.value())
                : rate.toString();
    }

    /** {@code 2h 05m}. */
    static String duration(Duration time) {
        var minutes = Math.round(time.toSeconds() / 60.0);
        return minutes < 60 ? minutes + "m" : String.format(Locale.ROOT, "%dh %02dm", minutes / 60, minutes % 60);
    }

    static String percent(double part) {
        return String.format(Locale.ROOT, part > 0 && part < 0.0995 ? "%.1f%%" : "%.0f%%", part * 100);
    }

    /** What a number counts. */
    static String words(LimitKey key) {
        return switch (key) {
            case RIOPS -> "reads a second";
            case WIOPS -> "writes a second";
            case RBPS -> "bytes read a second";
            case WBPS -> "bytes written a second";
        };
    }
}
