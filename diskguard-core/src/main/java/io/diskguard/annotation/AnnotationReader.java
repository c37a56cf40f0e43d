/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import io.diskguard.annotation.Reading.Value;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.model.SmartStateKeys;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the limits in a pod's annotations. For each of the four numbers the first that is there and valid holds:
 * prefix by prefix (the configured one, {@code iops-limit}, {@code kubediskguard.io}, {@code io-limit}) the specific key
 * before the general one. The legacy {@code nvme-*} keys count only on a pod without any prefixed user key. The rules of
 * the first prefix with a policy document that can be read override these keys, and {@code removed} overrides all. A bad
 * value costs its key only. Immutable; thread-safe.
 */
public final class AnnotationReader {
    private static final List<String> BUILT_IN_PREFIXES = List.of("iops-limit", "kubediskguard.io", "io-limit");
    private static final List<String> USER_KEYS =
            List.of("read-iops", "write-iops", "iops", "read-bps", "write-bps", "bps", "removed", "policy");

    private final List<String> prefixes;
    private final List<String> prefixedKeys = new ArrayList<>();
    private final List<String> legacyKeys = new ArrayList<>();
    private final Map<LimitKey, List<String>> prefixed = new EnumMap<>(LimitKey.class);
    private final Map<LimitKey, List<String>> legacy = new EnumMap<>(LimitKey.class);

    /** @param configuredPrefix the prefix that comes first, without the slash */
    public AnnotationReader(String configuredPrefix) {
        var inOrder = new LinkedHashSet<String>();
        inOrder.add(configuredPrefix);
        inOrder.addAll(BUILT_IN_PREFIXES);
        prefixes = List.copyOf(inOrder);
        prefixes.forEach(prefix -> USER_KEYS.forEach(key -> prefixedKeys.add(prefix + "/" + key)));
        for (var limit : LimitKey.values()) {
            var unit = limit.isOperations() ? "iops" : "bps";
            var direction = limit.isRead() ? "read" : "write";
            var keys = new ArrayList<String>();
            for (var prefix : prefixes) {
                keys.add(prefix + "/" + direction + "-" + unit);
                keys.add(prefix + "/" + unit);
            }
            prefixed.put(limit, keys);
            legacy.put(limit, List.of("nvme-" + unit + "-" + direction, "nvme-" + unit));
            legacyKeys.addAll(legacy.get(limit));
        }
    }

    /** What the annotations say; keys of other people are not looked at. Cheap where there is none of ours. */
    public Reading read(Map<String, String> annotations) {
        var isPrefixed = hasAny(annotations, prefixedKeys);
        if (!isPrefixed && !hasAny(annotations, legacyKeys)) {
            return Reading.EMPTY;
        }
        var problems = new Problems();
        var values = new EnumMap<LimitKey, Value>(LimitKey.class);
        var notTheUsers = smartState(annotations);
        for (var limit : LimitKey.values()) {
            var keys = new ArrayList<>((isPrefixed ? prefixed : legacy).get(limit));
            keys.removeAll(notTheUsers);
            firstValid(limit, keys, annotations, problems).ifPresent(value -> values.put(limit, value));
        }
        var removed = removed(annotations, problems);
        removed.ifPresent(key -> {
            for (var limit : LimitKey.values()) {
                values.put(limit, new Value(Rate.UNLIMITED, key));
            }
        });
        var rules = rules(annotations, problems);
        return new Reading(values, removed.isPresent(), rules, problems.list());
    }

    /** By index: an iterator for each pod that has nothing of ours would be waste. */
    private static boolean hasAny(Map<String, String> annotations, List<String> keys) {
        for (var i = 0; i < keys.size(); i++) {
            if (annotations.containsKey(keys.get(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The numbers that the original agent wrote over the user's keys when it limited a pod by itself: it left
     * {@code triggered-by} beside them, kept a user's {@code "0"}, and knew no {@code smart-limit}.
     */
    private Set<String> smartState(Map<String, String> annotations) {
        var keys = new HashSet<String>();
        for (var prefix : prefixes) {
            if (annotations.containsKey(prefix + "/" + SmartStateKeys.TRIGGERED_BY)
                    && !annotations.containsKey(prefix + "/" + SmartStateKeys.SMART_LIMIT)) {
                for (var key : List.of("read-iops", "write-iops", "read-bps", "write-bps")) {
                    keys.add(prefix + "/" + key);
                }
            }
        }
        keys.removeIf(key -> annotations.getOrDefault(key, "0").strip().equals("0"));
        return keys;
    }

    /** Looks at every key, so that the owner hears of each bad value, even one behind the value that holds. */
    private static Optional<Value> firstValid(
            LimitKey limit, List<String> keys, Map<String, String> annotations, Problems problems) {
        var found = Optional.<Value>empty();
        for (var key : keys) {
            var text = annotations.get(key);
            if (text == null) {
                continue;
            }
            var number = Numbers.parse(limit, text);
            if (number.isEmpty()) {
                problems.add(key, text, Numbers.expected(limit));
            } else if (found.isEmpty()) {
                found = Optional.of(new Value(Numbers.rate(limit, number.getAsLong(), key, text, problems), key));
            }
        }
        return found;
    }

    private Optional<String> removed(Map<String, String> annotations, Problems problems) {
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
                problems.add(key, text, "\"true\" or \"false\"");
            }
        }
        return said.orElse(false) ? Optional.of(by) : Optional.empty();
    }

    /** A document behind the one that holds is read for its mistakes only. */
    private Rules rules(Map<String, String> annotations, Problems problems) {
        var holding = Optional.<Rules>empty();
        for (var prefix : prefixes) {
            var text = annotations.get(prefix + "/policy");
            if (text != null) {
                var read = new RuleReader(problems).read(prefix + "/policy", text);
                holding = holding.or(() -> read);
            }
        }
        return holding.orElse(Reading.NO_RULES);
    }
}
