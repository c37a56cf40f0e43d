/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskguard.model.Container;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever tenants write, nothing throws, and nothing that was written is lost without a word. */
class RandomAnnotationsTest {
    private static final int ROUNDS = 10_000;
    private static final List<String> PREFIXES = List.of("acme.io", "iops-limit", "kubediskguard.io", "io-limit");
    private static final List<String> FLAT = List.of("read-iops", "write-iops", "iops", "read-bps", "write-bps", "bps");
    private static final List<String> LEGACY =
            List.of("nvme-iops", "nvme-iops-read", "nvme-iops-write", "nvme-bps", "nvme-bps-read", "nvme-bps-write");
    private static final List<String> FIELDS = List.of("readIops", "writeIops", "readBps", "writeBps", "iops", "bps");
    private static final Disk SDA = new Disk(new DeviceId(8, 0), "sda");
    private static final DiskUse EVERYTHING = new DiskUse(SDA, true, Set.of("data", "logs"), true);
    private static final long NONE = -1;

    /** A text, and the operations and bytes that it means; -1 for no number. */
    private static final List<Written> VALUES = List.of(
            new Written("0", 0, 0),
            new Written("1", 2, 65536),
            new Written(" 500 ", 500, 65536),
            new Written("2k", 2000, 65536),
            new Written("70000", 70000, 70000),
            new Written("10M", 10_000_000, 10_000_000),
            new Written("50Mi", 52428800, 52428800),
            new Written("50MiB", NONE, 52428800),
            new Written("1e6", 1_000_000, 1_000_000),
            new Written("1.5Gi", 1610612736, 1610612736),
            new Written("4294967294", 4294967294L, 4294967294L),
            new Written("4294967295", 0, 4294967295L),
            new Written("9223372036854775807", 0, Long.MAX_VALUE),
            new Written("9223372036854775808", NONE, NONE),
            new Written("1".repeat(3000), NONE, NONE),
            new Written("-1", NONE, NONE),
            new Written("1.5", NONE, NONE),
            new Written("100m", NONE, NONE),
            new Written("", NONE, NONE),
            new Written("M", NONE, NONE),
            new Written("10K", NONE, NONE),
            new Written("fast", NONE, NONE),
            new Written("true", NONE, NONE),
            new Written("\0", NONE, NONE),
            new Written("\ud800", NONE, NONE),
            new Written("٣", NONE, NONE),
            new Written("😀".repeat(60), NONE, NONE),
            new Written("{}", NONE, NONE));

    private final Random random = new Random(2112);
    private final AnnotationReader reader = new AnnotationReader("acme.io");

    @Test
    void everyFlatKeyIsUsedOrBehindOneThatIsOrHasAProblem() {
        for (var round = 0; round < ROUNDS; round++) {
            var annotations = new HashMap<String, Written>();
            for (var i = random.nextInt(10); i >= 0; i--) {
                var key = random.nextInt(4) == 0 ? pick(LEGACY) : pick(PREFIXES) + "/" + pick(FLAT);
                annotations.put(key, pick(VALUES));
            }
            var isLegacy = LEGACY.containsAll(annotations.keySet());
            var reading = reader.read(texts(annotations));
            assertEquals(naive(annotations, isLegacy), rates(reading), annotations::toString);
            var keys = keys(reading.problems());
            annotations.forEach((key, written) -> {
                if (written.number(key.matches(".*[/-]iops(-read|-write)?")) == NONE) {
                    assertThat(keys.contains(key))
                            .as("%s in %s", key, annotations)
                            .isEqualTo(isLegacy || !LEGACY.contains(key));
                }
            });
            checkProblems(reading.problems());
        }
    }

    @Test
    void everyNumberOfAPolicyIsUsedOrHasAProblem() {
        for (var round = 0; round < ROUNDS / 4; round++) {
            var prefix = pick(PREFIXES);
            var rule = new LinkedHashMap<String, String>();
            var isSound = selection(rule);
            var numbers = new HashMap<String, Written>();
            for (var i = random.nextInt(5); i >= 0; i--) {
                numbers.put(pick(FIELDS), pick(VALUES));
            }
            numbers.forEach((field, written) -> rule.put(field, json(written.text())));
            var reading = reader.read(Map.of(prefix + "/policy", "[" + json(rule) + "]"));
            var keys = keys(reading.problems());
            var path = prefix + "/policy[0]";
            var isUsed = new EnumMap<LimitKey, Long>(LimitKey.class);
            numbers.forEach((field, written) -> {
                if (written.number(field.toLowerCase().endsWith("iops")) == NONE) {
                    assertTrue(keys.contains(path + "." + field), field);
                }
            });
            for (var limit : LimitKey.values()) {
                var general = limit.isOperations() ? "Iops" : "Bps";
                firstNumber(numbers, limit, (limit.isRead() ? "read" : "write") + general, general.toLowerCase())
                        .ifPresent(number -> isUsed.put(limit, number));
            }
            assertEquals(isSound ? isUsed : Map.of(), rates(reading), rule::toString);
            assertTrue(isSound || keys.stream().anyMatch(key -> key.startsWith(path)), rule::toString);
            checkProblems(reading.problems());
        }
    }

    @Test
    void noMutationOfADocumentBreaksTheReader() {
        var unreadable = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var annotations = new HashMap<String, String>();
            for (var prefix : PREFIXES) {
                if (random.nextInt(8) == 0) {
                    annotations.put(prefix + "/policy", mutated(document()));
                }
                if (random.nextInt(6) == 0) {
                    annotations.put(
                            prefix + "/" + pick(FLAT), mutated(pick(VALUES).text()));
                }
                if (random.nextInt(20) == 0) {
                    annotations.put(prefix + "/removed", pick(List.of("true", "TRUE", "false", "yes", "", "\ud800")));
                }
            }
            var reading = reader.read(annotations);
            var app = new Container("app", "image", ContainerKind.MAIN, Optional.empty());
            var pod = new Pod("uid", "ns", "pod", QosClass.BURSTABLE, Map.of(), annotations, List.of(app));
            checkProblems(reading.problems());
            checkProblems(reading.check(pod));
            for (var container : List.of(Optional.of("app"), Optional.<String>empty())) {
                for (var use : List.of(EVERYTHING, new DiskUse(SDA, false, Set.of("data"), false))) {
                    var answer = reading.on(container, use);
                    checkProblems(answer.problems());
                    answer.values()
                            .forEach((limit, value) -> assertTrue(
                                    PREFIXES.stream().anyMatch(prefix -> value.key()
                                                    .startsWith(prefix + "/"))
                                            && (!(value.rate() instanceof Rate.PerSecond rate)
                                                    || rate.value() >= limit.floor()),
                                    value::toString));
                }
            }
            unreadable += keys(reading.problems()).stream().anyMatch(key -> key.endsWith("/policy")) ? 1 : 0;
        }
        assertThat(unreadable).isBetween(ROUNDS / 20, ROUNDS * 9 / 10);
    }

    /** Few assertions: there are millions of problems. */
    private static void checkProblems(List<Problem> problems) {
        for (var problem : problems) {
            var isGood = !problem.key().isBlank()
                    && problem.key().length() <= 200
                    && problem.value().length() <= 100
                    && problem.value().chars().noneMatch(Character::isISOControl)
                    && !problem.expected().isBlank()
                    && problem.expected().length() <= 400;
            assertTrue(isGood, problem::toString);
        }
    }

    /** Whether the rule can be used, with what it selects by. */
    private boolean selection(Map<String, String> rule) {
        switch (random.nextInt(4)) {
            case 0 -> rule.put("volume", "\"data\"");
            case 1 -> rule.put("device", pick(List.of("\"sda\"", "\"8:0\"")));
            case 2 -> rule.put("rootfs", "true");
            default -> {}
        }
        if (random.nextBoolean()) {
            rule.put("container", "\"app\"");
        }
        switch (random.nextInt(12)) {
            case 0 -> rule.put("rootfs", "false");
            case 1 -> rule.put("container", pick(List.of("null", "1", "\"\"", "[\"app\"]")));
            case 2 -> rule.put("path", "\"data\"");
            case 3 -> rule.put("device", pick(List.of("8", "\"/dev/sda\"", "{}")));
            default -> {
                return true;
            }
        }
        return false;
    }

    private String document() {
        var rules = new ArrayList<String>();
        for (var i = random.nextInt(4); i >= 0; i--) {
            var rule = new LinkedHashMap<String, String>();
            selection(rule);
            rule.put(pick(FIELDS), random.nextBoolean() ? json(pick(VALUES).text()) : String.valueOf(random.nextInt()));
            rules.add(json(rule));
        }
        return random.nextBoolean()
                ? "[" + String.join(", ", rules) + "]"
                : rules.stream().map(rule -> "- " + rule + "\n").collect(Collectors.joining());
    }

    private String mutated(String text) {
        var mutated = new StringBuilder(text);
        for (var i = random.nextInt(3); i > 0; i--) {
            var at = random.nextInt(mutated.length() + 1);
            if (at < mutated.length() && random.nextBoolean()) {
                mutated.deleteCharAt(at);
            } else {
                mutated.insert(
                        at,
                        pick(List.of(
                                "[", "{", "}", ":", "- ", "\n", "\"", "&a ", "*a", "!", "\t", "\0", "9", "|", "#",
                                "\ud83d", "---\n")));
            }
        }
        return mutated.toString();
    }

    private static Map<LimitKey, Long> naive(Map<String, Written> annotations, boolean isLegacy) {
        var expected = new EnumMap<LimitKey, Long>(LimitKey.class);
        for (var limit : LimitKey.values()) {
            var unit = limit.isOperations() ? "iops" : "bps";
            var direction = limit.isRead() ? "read" : "write";
            var keys = new ArrayList<String>();
            PREFIXES.forEach(
                    prefix -> keys.addAll(List.of(prefix + "/" + direction + "-" + unit, prefix + "/" + unit)));
            if (isLegacy) {
                keys.addAll(List.of("nvme-" + unit + "-" + direction, "nvme-" + unit));
            }
            firstNumber(annotations, limit, keys.toArray(String[]::new)).ifPresent(it -> expected.put(limit, it));
        }
        return expected;
    }

    private static Optional<Long> firstNumber(Map<String, Written> written, LimitKey limit, String... keys) {
        for (var key : keys) {
            if (written.containsKey(key) && written.get(key).number(limit.isOperations()) != NONE) {
                return Optional.of(written.get(key).number(limit.isOperations()));
            }
        }
        return Optional.empty();
    }

    /** 0 for no limit. */
    private static Map<LimitKey, Long> rates(Reading reading) {
        var rates = new EnumMap<LimitKey, Long>(LimitKey.class);
        reading.on(Optional.of("app"), EVERYTHING)
                .values()
                .forEach((limit, value) ->
                        rates.put(limit, value.rate() instanceof Rate.PerSecond rate ? rate.value() : 0L));
        return rates;
    }

    private static Map<String, String> texts(Map<String, Written> annotations) {
        return annotations.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .text()));
    }

    private static Set<String> keys(List<Problem> problems) {
        return problems.stream().map(Problem::key).collect(Collectors.toSet());
    }

    private static String json(Map<String, String> object) {
        return object.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String json(String text) {
        var escaped = new StringBuilder("\"");
        text.chars().forEach(c -> escaped.append(c < ' ' ? "\\u%04x".formatted(c) : String.valueOf((char) c)));
        return escaped.append('"').toString();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private record Written(String text, long operations, long bytes) {
        long number(boolean isOperations) {
            return isOperations ? operations : bytes;
        }
    }
}
