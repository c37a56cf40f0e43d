/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartLimit;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Locale;

/** Smart limits in words: what is limited to what, on which disk, by which window and why. */
public final class SmartWords {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final String[] SUFFIXES = {"Ki", "Mi", "Gi", "Ti"};
    private static final double UNIT = 1024;
    private static final int SHOWN_MAX = 500;

    private SmartWords() {}

    /** {@code container app on nvme0n1 (259:0): limited to 400 read operations/s by window 15m (15m[ReadIOPS:0.92>0.80]) …}. */
    public static String of(SmartDecision decision) {
        return subject(decision) + ": "
                + switch (decision.kind()) {
                    case APPLY ->
                        "limited to "
                                + decision.after().map(SmartWords::inForce).orElse("nothing");
                    case UPDATE ->
                        "limited to "
                                + decision.after().map(SmartWords::inForce).orElse("nothing") + ", until now to "
                                + before(decision);
                    case RELEASE -> "no longer limited to " + before(decision) + ": " + clean(decision.reason());
                    case NO_EFFECT -> "not limited, as what is in force is as strict: " + clean(decision.reason());
                    case RESTORE ->
                        "still limited, as before this start, to "
                                + decision.after().map(SmartWords::inForce).orElse("nothing");
                };
    }

    /** {@code container app on nvme0n1 (259:0)}. */
    private static String subject(SmartDecision decision) {
        return "container " + decision.container().name() + " on " + decision.disk();
    }

    /** The limit, what set it and why, since when, and when it may go at the earliest. */
    public static String inForce(SmartLimit limit) {
        return amount(limit.rates()) + " by window " + clean(limit.window()) + " since "
                + limit.at().truncatedTo(ChronoUnit.SECONDS) + reason(limit) + ", at the earliest until "
                + earliestRelease(limit);
    }

    /** When a limit may be released at the earliest, in RFC 3339: if the load has long been low by then. */
    public static String earliestRelease(SmartLimit limit) {
        return limit.at()
                .plus(limit.removeDelay())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    /** {@code 400 read operations/s and 20 MiB/s written}. */
    public static String amount(IoLimit limit) {
        var parts = new ArrayList<String>();
        for (var key : LimitKey.values()) {
            if (limit.get(key) instanceof Rate.PerSecond limited) {
                parts.add(
                        key.isOperations()
                                ? limited.value() + (key.isRead() ? " read" : " write") + " operations/s"
                                : bytes(limited.value()) + "/s " + (key.isRead() ? "read" : "written"));
            }
        }
        return parts.isEmpty() ? "nothing" : String.join(" and ", parts);
    }

    /** Without what would begin a new line or hide something: in annotations anybody may have written it. */
    public static String clean(String text) {
        return text.replaceAll("\\p{C}", "?");
    }

    /** Cleaned, and no longer than what a person reads of it: an annotation may have a quarter of a million characters. */
    static String shown(String text) {
        var clean = clean(text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text);
        return text.length() > SHOWN_MAX ? clean + " (" + text.length() + " characters)" : clean;
    }

    /** As it may be written in an annotation, and exactly: {@code 500}, {@code 10Mi}, {@code max}. */
    static String number(LimitKey key, Rate rate) {
        if (key.isOperations() || !(rate instanceof Rate.PerSecond limited)) {
            return rate.toString();
        }
        for (var unit = SUFFIXES.length - 1; unit >= 0; unit--) {
            var factor = 1L << 10 * (unit + 1);
            if (limited.value() % factor == 0) {
                return limited.value() / factor + SUFFIXES[unit];
            }
        }
        return rate.toString();
    }

    private static String before(SmartDecision decision) {
        return decision.before().map(limit -> amount(limit.rates())).orElse("nothing");
    }

    private static String reason(SmartLimit limit) {
        return limit.reason().isEmpty() ? "" : " (" + clean(limit.reason()) + ")";
    }

    private static String bytes(long bytes) {
        var amount = (double) bytes;
        var unit = 0;
        while (amount >= UNIT && unit < UNITS.length - 1) {
            amount /= UNIT;
            unit++;
        }
        var format = amount == Math.rint(amount) ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, format, amount, UNITS[unit]);
    }
}
