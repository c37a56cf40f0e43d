/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskguard.model.LimitKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Reads the rules of a policy document. A bad number costs itself; whatever else is wrong costs its rule, which might
 * else limit more than its author meant.
 */
final class RuleReader {
    /** More than a pod has containers and volumes; each rule is looked at for each container and disk. */
    private static final int MOST_RULES = 256;

    private static final int LONGEST_NAME = 253;
    private static final List<String> PLACES = List.of("volume", "device", "rootfs");
    private static final List<String> NUMBERS = List.of("readIops", "writeIops", "readBps", "writeBps", "iops", "bps");
    private static final String FIELDS =
            "container, one of volume, device and rootfs, and " + String.join(", ", NUMBERS);

    private final Problems problems;

    RuleReader(Problems problems) {
        this.problems = problems;
    }

    /** The rules that can be used; empty if the text is no list of rules at all. */
    Optional<Rules> read(String key, String text) {
        var parsed = PolicyText.parse(text);
        if (parsed instanceof PolicyText.Unreadable unreadable) {
            problems.add(key, text, unreadable.expected());
            return Optional.empty();
        }
        var document = ((PolicyText.Document) parsed).rules();
        if (document.size() > MOST_RULES) {
            problems.add(key, text, "at most " + MOST_RULES + " rules, not " + document.size());
            return Optional.empty();
        }
        var rules = new ArrayList<Rule>();
        for (var i = 0; i < document.size(); i++) {
            rule(key + "[" + i + "]", document.get(i)).ifPresent(rules::add);
        }
        return Optional.of(new Rules(rules));
    }

    private Optional<Rule> rule(String key, JsonNode node) {
        if (!node.isObject()) {
            problems.add(key, node.toString(), "a rule: " + FIELDS);
            return Optional.empty();
        }
        var isKnown = knowsFields(key, node);
        var numbers = numbers(key, node);
        var container = name(key, node, "container", "the name of a container, as text");
        var place = place(key, node);
        var isSound = isKnown && place.isPresent() && (container.isPresent() || !node.has("container"));
        return isSound && !numbers.isEmpty()
                ? Optional.of(new Rule(key, container, place.get(), numbers))
                : Optional.empty();
    }

    private boolean knowsFields(String key, JsonNode node) {
        var known = Stream.of(List.of("container"), PLACES, NUMBERS)
                .flatMap(List::stream)
                .toList();
        var isKnown = true;
        for (var field : node.properties()) {
            if (!known.contains(field.getKey())) {
                problems.add(
                        key + "." + field.getKey(),
                        text(field.getValue()),
                        "only " + FIELDS + "; the rule is left out");
                isKnown = false;
            }
        }
        return isKnown;
    }

    private Map<LimitKey, Rule.Given> numbers(String key, JsonNode node) {
        var numbers = new EnumMap<LimitKey, Rule.Given>(LimitKey.class);
        for (var limit : LimitKey.values()) {
            var general = limit.isOperations() ? "iops" : "bps";
            var specific = limit.isRead() ? "read" + capital(general) : "write" + capital(general);
            var said = number(limit, key, node, specific);
            var fallback = number(limit, key, node, general);
            var field = said.isPresent() ? specific : general;
            var holds = said.isPresent() ? said : fallback;
            if (holds.isPresent()) {
                var path = key + "." + field;
                var text = text(node.get(field));
                var rate = Numbers.rate(limit, holds.getAsLong(), path, text, problems);
                numbers.put(limit, new Rule.Given(rate, path, text));
            }
        }
        if (NUMBERS.stream().noneMatch(node::has)) {
            problems.add(key, node.toString(), "at least one of " + String.join(", ", NUMBERS));
        }
        return numbers;
    }

    private OptionalLong number(LimitKey limit, String key, JsonNode node, String field) {
        if (!node.has(field)) {
            return OptionalLong.empty();
        }
        var value = node.get(field);
        var number = value.isNumber() || value.isTextual() ? Numbers.parse(limit, text(value)) : OptionalLong.empty();
        if (number.isEmpty()) {
            problems.add(key + "." + field, text(value), Numbers.expected(limit));
        }
        return number;
    }

    private Optional<Place> place(String key, JsonNode node) {
        var named = PLACES.stream().filter(node::has).toList();
        if (named.size() > 1) {
            problems.add(key, node.toString(), "only one of " + String.join(", ", named));
            return Optional.empty();
        }
        if (named.isEmpty()) {
            return Optional.of(new Place.Anywhere());
        }
        if (node.has("rootfs")) {
            return rootfs(key, node.get("rootfs"));
        }
        return node.has("volume")
                ? name(key, node, "volume", "the name of a volume of the pod, as text")
                        .map(Place.Volume::new)
                : name(key, node, "device", "a kernel name (sda, nvme0n1) or MAJ:MIN (\"8:0\"), as text")
                        .map(Place.Device::new);
    }

    private Optional<Place> rootfs(String key, JsonNode value) {
        if (value.isBoolean() && value.booleanValue()) {
            return Optional.of(new Place.Rootfs());
        }
        problems.add(
                key + ".rootfs", text(value), "true; leave it out for a rule that is not for the root file system");
        return Optional.empty();
    }

    private Optional<String> name(String key, JsonNode node, String field, String expected) {
        if (!node.has(field)) {
            return Optional.empty();
        }
        var value = node.get(field);
        var name = text(value).strip();
        if (value.isTextual() && !name.isEmpty() && name.length() <= LONGEST_NAME && name.indexOf('/') < 0) {
            return Optional.of(name);
        }
        problems.add(key + "." + field, text(value), expected);
        return Optional.empty();
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
