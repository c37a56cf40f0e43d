/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Quantity;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the limits in a pod's annotations. For each of the four numbers the first that is there and valid holds:
 * prefix by prefix (the configured one, {@code iops-limit}, {@code kubediskguard.io}, {@code io-limit}) the specific key
 * before the general one. The legacy {@code nvme-*} keys count only on a pod without any prefixed user key. A bad value
 * costs its key only. Immutable.
 */
public final class AnnotationReader {
    private static final List<String> BUILT_IN_PREFIXES = List.of("iops-limit", "kubediskguard.io", "io-limit");
    private static final Set<String> USER_KEYS =
            Set.of("read-iops", "write-iops", "iops", "read-bps", "write-bps", "bps", "removed", "policy");

    private final List<String> prefixes;

    /** @param configuredPrefix the prefix that comes first, without the slash */
    public AnnotationReader(String configuredPrefix) {
        var inOrder = new LinkedHashSet<String>();
        inOrder.add(configuredPrefix);
        inOrder.addAll(BUILT_IN_PREFIXES);
        prefixes = List.copyOf(inOrder);
    }

    /** What the annotations say; keys of other people are not looked at. */
    public Reading read(Map<String, String> annotations) {
        var problems = new LinkedHashSet<Problem>();
        var values = new EnumMap<LimitKey, Reading.Value>(LimitKey.class);
        var present = presentUserKeys(annotations);
        for (var limit : LimitKey.values()) {
            firstValid(limit, keysOf(limit, present), annotations, problems)
                    .ifPresent(value -> values.put(limit, value));
        }
        removed(annotations, problems).ifPresent(key -> {
            for (var limit : LimitKey.values()) {
                values.put(limit, new Reading.Value(Rate.UNLIMITED, key));
            }
        });
        return new Reading(values, List.copyOf(problems));
    }

    private boolean presentUserKeys(Map<String, String> annotations) {
        return prefixes.stream()
                .anyMatch(prefix -> USER_KEYS.stream().anyMatch(key -> annotations.containsKey(prefix + "/" + key)));
    }

    private List<String> keysOf(LimitKey limit, boolean prefixed) {
        var unit = limit.isOperations() ? "iops" : "bps";
        var direction = limit.isRead() ? "read" : "write";
        if (!prefixed) {
            return List.of("nvme-" + unit + "-" + direction, "nvme-" + unit);
        }
        var keys = new ArrayList<String>();
        for (var prefix : prefixes) {
            keys.add(prefix + "/" + direction + "-" + unit);
            keys.add(prefix + "/" + unit);
        }
        return keys;
    }

    /** Looks at every key, so that the owner hears of each bad value, even one behind the value that holds. */
    private static Optional<Reading.Value> firstValid(
            LimitKey limit, List<String> keys, Map<String, String> annotations, Set<Problem> problems) {
        var found = Optional.<Reading.Value>empty();
        for (var key : keys) {
            var text = annotations.get(key);
            if (text == null) {
                continue;
            }
            var number = limit.isOperations() ? Quantity.parse(text.strip()) : Quantity.parseBytes(text.strip());
            if (number.isEmpty()) {
                problems.add(new Problem(key, text, expected(limit)));
            } else if (found.isEmpty()) {
                found = Optional.of(new Reading.Value(floored(limit, key, text, number.getAsLong(), problems), key));
            }
        }
        return found;
    }

    private static Rate floored(LimitKey limit, String key, String text, long number, Set<Problem> problems) {
        if (number != 0 && number < limit.floor()) {
            problems.add(new Problem(
                    key, text, "at least " + limit.floor() + " " + unit(limit) + "; " + limit.floor() + " is used"));
            return Rate.perSecond(limit.floor());
        }
        return Rate.ofZeroIsUnlimited(number);
    }

    private Optional<String> removed(Map<String, String> annotations, Set<Problem> problems) {
        var said = Optional.<Boolean>empty();
        var by = "";
        for (var prefix : prefixes) {
            var key = prefix + "/removed";
            var text = annotations.getOrDefault(key, "");
            var isTrue = text.strip().equalsIgnoreCase("true");
            if (isTrue || text.strip().equalsIgnoreCase("false")) {
                if (said.isEmpty()) {
                    said = Optional.of(isTrue);
                    by = key;
                }
            } else if (annotations.containsKey(key)) {
                problems.add(new Problem(key, text, "\"true\" or \"false\""));
            }
        }
        return said.orElse(false) ? Optional.of(by) : Optional.empty();
    }

    private static String expected(LimitKey limit) {
        return limit.isOperations()
                ? "a whole number of operations a second, 0 (no limit) or more, or a quantity such as 2k"
                : "a whole number of bytes a second, 0 (no limit) or more, or a quantity such as 10M or 50Mi";
    }

    private static String unit(LimitKey limit) {
        return limit.isOperations() ? "operations a second" : "bytes a second";
    }
}
