/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Quantity;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From text to what a key needs; empty if it is not valid. */
final class Scalars {
    private static final int TEXT_MAX = 4096;
    private static final int SUBDOMAIN_MAX = 253;
    private static final int LABEL_MAX = 63;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.-]{1,253}|[0-9a-fA-F:.]{2,45}");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(?:\\.\\d{0,12})?|\\.\\d{1,12}");
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,9}) ?h ?)?(?:(\\d{1,9}) ?m(?:in)? ?)?(?:(\\d{1,9}) ?s ?)?(?:(\\d{1,9}) ?ms)?");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");

    private Scalars() {}

    /** A single value as text, stripped; empty if it is blank, too long to be meant, or has control characters. */
    static Optional<String> text(Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return Optional.of(value.toString())
                    .filter(text -> text.length() <= TEXT_MAX)
                    .map(String::strip)
                    .filter(text -> !text.isEmpty() && text.chars().noneMatch(Character::isISOControl));
        }
        return Optional.empty();
    }

    /** 0, or at least the floor of that kind of limit. */
    static Optional<Long> limit(String text, LimitKey kind) {
        return amount(text, kind).filter(number -> number == 0 || number >= kind.floor());
    }

    /** A whole number of operations or bytes. */
    static Optional<Long> amount(String text, LimitKey kind) {
        return boxed(kind.isOperations() ? Quantity.parse(text) : Quantity.parseBytes(text));
    }

    static Optional<Integer> whole(String text, int least, int most) {
        return Optional.of(text)
                .filter(it -> WHOLE.matcher(it).matches())
                .map(Integer::valueOf)
                .filter(number -> number >= least && number <= most);
    }

    static Optional<Double> decimal(String text) {
        return Optional.of(text).filter(it -> DECIMAL.matcher(it).matches()).map(Double::valueOf);
    }

    /** At most 1: a fraction; above: so many a second. */
    static Optional<Threshold> threshold(String text, LimitKey kind) {
        var fraction = decimal(text).filter(number -> number <= 1);
        return fraction.isPresent()
                ? fraction.filter(number -> number > 0).map(Threshold.Fraction::new)
                : amount(text, kind).filter(number -> number > 1).map(Threshold.PerSecond::new);
    }

    static Optional<String> label(String text) {
        return Optional.of(text)
                .filter(it -> it.length() <= LABEL_MAX && LABEL.matcher(it).matches());
    }

    static Optional<String> subdomain(String text) {
        // the length first: the expression is recursive
        return Optional.of(text)
                .filter(it ->
                        it.length() <= SUBDOMAIN_MAX && SUBDOMAIN.matcher(it).matches());
    }

    static Optional<String> host(String text) {
        return Optional.of(text).filter(it -> HOST.matcher(it).matches());
    }

    static Optional<Path> absolutePath(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** A number of units, or hours, minutes, seconds and milliseconds with their letters. */
    static Optional<Duration> duration(String text, Duration unit) {
        if (WHOLE.matcher(text).matches()) {
            return Optional.of(unit.multipliedBy(Long.parseLong(text)));
        }
        var matcher = DURATION.matcher(text);
        return matcher.matches()
                ? Optional.of(Duration.ofHours(part(matcher.group(1)))
                        .plusMinutes(part(matcher.group(2)))
                        .plusSeconds(part(matcher.group(3)))
                        .plusMillis(part(matcher.group(4))))
                : Optional.empty();
    }

    /** The constant whose name this is: lower case, with {@code -} where Java needs {@code _}. */
    static <E extends Enum<E>> Optional<E> constant(String text, E[] constants) {
        return Arrays.stream(constants)
                .filter(one -> spelled(one).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long part(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static Optional<Long> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }
}
