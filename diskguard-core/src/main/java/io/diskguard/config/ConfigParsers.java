/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Quantity;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** From a value as a source gives it (text, number, list, …) to what a key needs; empty if it is not valid. */
final class ConfigParsers {
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(s|m|h|)");
    private static final int NAME_MAX = 253;
    private static final Duration LONGEST = Duration.ofHours(24);

    private ConfigParsers() {}

    static Optional<String> text(Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return Optional.of(value.toString().strip()).filter(text -> !text.isEmpty());
        }
        return Optional.empty();
    }

    /** 0, or at least the floor of that kind of limit. */
    static Optional<Long> limit(Object value, LimitKey kind) {
        var text = text(value).orElse("");
        var number = kind.isOperations() ? Quantity.parse(text) : Quantity.parseBytes(text);
        return number.isPresent() && (number.getAsLong() == 0 || number.getAsLong() >= kind.floor())
                ? Optional.of(number.getAsLong())
                : Optional.empty();
    }

    static Optional<String> subdomain(Object value) {
        // the length first: the expression is recursive
        return text(value)
                .filter(text ->
                        text.length() <= NAME_MAX && SUBDOMAIN.matcher(text).matches());
    }

    static Optional<String> absolutePath(Object value) {
        return text(value).filter(text -> {
            try {
                return Path.of(text).isAbsolute();
            } catch (InvalidPathException e) {
                return false;
            }
        });
    }

    static Optional<Duration> duration(Object value) {
        var matcher = DURATION.matcher(text(value).orElse(""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var number = Long.parseLong(matcher.group(1));
        var duration =
                switch (matcher.group(2)) {
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofSeconds(number);
                };
        return Optional.of(duration).filter(it -> !it.isZero() && it.compareTo(LONGEST) <= 0);
    }

    static <E extends Enum<E>> Optional<E> constant(Object value, E[] constants) {
        var text = text(value).orElse("");
        return Arrays.stream(constants)
                .filter(one -> one.name().equalsIgnoreCase(text))
                .findFirst();
    }

    /** A list, or text with commas; at least one element, each once. */
    static Optional<List<String>> list(Object value, Function<Object, Optional<String>> element) {
        var elements = value instanceof List<?> list
                ? new ArrayList<Object>(list)
                : new ArrayList<Object>(List.of(text(value).orElse("").split(",", -1)));
        var parsed = new LinkedHashSet<String>();
        for (var one : elements) {
            var text = element.apply(one);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            parsed.add(text.get());
        }
        return parsed.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(parsed));
    }
}
