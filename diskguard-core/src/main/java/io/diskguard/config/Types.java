/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static io.diskguard.config.ValueType.scalar;

import io.diskguard.model.LabelSelector;
import io.diskguard.model.LimitKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The types that more than one key has, and those that need more than text. */
final class Types {
    static final ValueType<Long> OPERATIONS = scalar(
            "a whole number of operations a second such as 500 or 2k, at least 2, or 0 for none",
            text -> Scalars.limit(text, LimitKey.RIOPS));
    static final ValueType<Long> BYTES = scalar(
            "a whole number of bytes a second such as 1048576, 10M or 50Mi, at least 64Ki, or 0 for none",
            text -> Scalars.limit(text, LimitKey.RBPS));
    static final ValueType<Long> OPERATIONS_POSSIBLE = scalar(
            "a whole number of operations a second such as 3000 or 3k, or 0 where it is not known",
            text -> Scalars.amount(text, LimitKey.RIOPS));
    static final ValueType<Long> BYTES_POSSIBLE = scalar(
            "a whole number of bytes a second such as 209715200 or 200Mi, or 0 where it is not known",
            text -> Scalars.amount(text, LimitKey.RBPS));
    static final ValueType<Threshold> OPERATIONS_THRESHOLD = scalar(
            "a fraction above 0 up to 1 such as 0.8, or a whole number of operations a second above 1 such as 8000",
            text -> Scalars.threshold(text, LimitKey.RIOPS));
    static final ValueType<Threshold> BYTES_THRESHOLD = scalar(
            "a fraction above 0 up to 1 such as 0.8, or a whole number of bytes a second above 1 such as 100Mi",
            text -> Scalars.threshold(text, LimitKey.RBPS));
    static final ValueType<Boolean> FLAG = scalar("true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
        case "true" -> Optional.of(true);
        case "false" -> Optional.of(false);
        default -> Optional.empty();
    });
    static final ValueType<Path> PATH = scalar("an absolute path", Scalars::absolutePath);
    static final ValueType<String> SUBDOMAIN = scalar(
            "a DNS-1123 subdomain: lower case letters, digits, '-' and '.', at most 253 characters",
            Scalars::subdomain);
    static final ValueType<String> HOST = scalar("a host name or an IP address, without a port", Scalars::host);
    static final ValueType<String> TEXT = scalar("text that is not empty", Optional::of);
    static final ValueType<String> NAMESPACE = scalar(
            "the name of a namespace: lower case letters, digits and '-', at most 63 characters", Scalars::label);
    static final ValueType<LabelSelector> SELECTOR =
            new ValueType<>("a label selector such as app=system,env in (a,b),!debug", Types::selector);
    static final ValueType<Pattern> REGEXP = new ValueType<>("a regular expression", Types::regexp);

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Types() {}

    static ValueType<Integer> whole(int least, int most) {
        return scalar("a whole number from " + least + " to " + most, text -> Scalars.whole(text, least, most));
    }

    static <E extends Enum<E>> ValueType<E> constant(E[] constants) {
        var names = Arrays.stream(constants).map(Scalars::spelled).toList();
        var last = names.size() - 1;
        var expected = String.join(", ", names.subList(0, last)) + " or " + names.get(last);
        return scalar(expected, text -> Scalars.constant(text, constants));
    }

    /** A number is of seconds. */
    static ValueType<Duration> seconds(Duration least, Duration most) {
        return duration(SECOND, "seconds", least, most);
    }

    /** A number is of minutes. */
    static ValueType<Duration> minutes(Duration least, Duration most) {
        return duration(MINUTE, "minutes", least, most);
    }

    private static ValueType<Duration> duration(Duration unit, String units, Duration least, Duration most) {
        var expected = "a duration from " + spelled(least) + " to " + spelled(most) + ": a number of " + units
                + ", or such as 90s, 5m, 1h30m";
        return scalar(expected, text -> Scalars.duration(text, unit)
                .filter(it -> it.compareTo(least) >= 0 && it.compareTo(most) <= 0));
    }

    /** {@code 15m}, {@code 90s}, {@code 24h}: the greatest unit of which it is a whole number; minutes below two hours. */
    static String spelled(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toSeconds() % 60 != 0 || duration.isZero()) {
            return duration.toSeconds() + "s";
        }
        return duration.toMinutes() % 60 != 0 || duration.toMinutes() <= 60
                ? duration.toMinutes() + "m"
                : duration.toHours() + "h";
    }

    private static Parsed<LabelSelector> selector(Object value) {
        var text = Scalars.text(value);
        if (text.isEmpty()) {
            return Parsed.invalid(value, "a label selector such as app=system,env in (a,b),!debug");
        }
        var parsed = LabelSelector.parse(text.get());
        if (parsed instanceof LabelSelector.Parsed.Valid valid) {
            return new Parsed.Valid<>(valid.selector());
        }
        var invalid = (LabelSelector.Parsed.Invalid) parsed;
        return Parsed.invalid(value, "a label selector: " + invalid.expected() + " at index " + invalid.at());
    }

    private static Parsed<Pattern> regexp(Object value) {
        var text = Scalars.text(value);
        if (text.isEmpty()) {
            return Parsed.invalid(value, "a regular expression that is not empty");
        }
        try {
            return new Parsed.Valid<>(Pattern.compile(text.get()));
        } catch (PatternSyntaxException e) {
            return Parsed.invalid(
                    value,
                    "a regular expression of Java: " + e.getDescription()
                            + (e.getIndex() < 0 ? "" : " at index " + e.getIndex()));
        } catch (StackOverflowError e) {
            return Parsed.invalid(value, "a regular expression with fewer groups in groups");
        }
    }
}
