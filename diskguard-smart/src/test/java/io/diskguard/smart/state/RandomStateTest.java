/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart.state;

import static io.diskguard.smart.state.States.NOW;
import static io.diskguard.smart.state.States.after;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.model.SmartStateKeys;
import io.diskguard.policy.smart.SmartLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is written is read again as it was; whatever else is written, nothing is thrown and nothing absurd is believed. */
class RandomStateTest {
    private static final int ROUNDS = 10_000;
    private static final List<String> NAMES = List.of("web", "db", "istio-proxy", "c.1", "名", "a\"b\\", "");
    private static final List<String> PREFIXES = List.of("acme.io", "kubediskguard.io", "io-limit", "iops-limit");
    private static final List<String> WORDS = List.of(
            "",
            "0",
            "1",
            "-1",
            "300",
            "99999999999999999999",
            "1e9",
            "10M",
            "1.5GiB",
            "true",
            "false",
            "15m",
            "5min",
            "legacy",
            "2026-01-01T00:00:00Z",
            "+1000000000-12-31T23:59:59Z",
            "\0",
            "\ud800",
            "{}",
            "[]",
            "null",
            "{\"v\":1}",
            "{\"v\":1,\"c\":{}}",
            "{\"v\":1,\"c\":{\"web\":7}}",
            "{\"v\":1,\"c\":{\"web\":{\"d\":[]}}}",
            "{\"v\":1,\"c\":{\"web\":{\"d\":{\"w\":\"x\",\"at\":\"2026-01-01T00:00:00Z\",\"r\":{\"a\":1,\"b\":1,\"c\":1,\"d\":1}}}}}",
            "{\"v\":1,\"c\":{\"web\":{\"d\":{\"w\":\"x\",\"at\":\"2026-01-01T00:00:00Z\",\"r\":[4294967295,0,0,0],\"d\":9e99}}}}",
            "x".repeat(70_000));
    private static final String MARKS = "{}[]\",:0123456789-+.eE \\\0\u00e9\ud83d\ude00wvcrady";

    private final Random random = new Random(2026);
    private final SmartStateCodec codec = new SmartStateCodec("acme.io", States.settings());

    @Test
    void whatWasWrittenIsReadAsItWas() {
        for (var round = 0; round < ROUNDS; round++) {
            var state = state();
            var remembered = codec.read(after(noise(), codec.limited(state, DeviceId::toString)), NOW);

            var read = new TreeMap<String, SortedMap<DeviceId, SmartLimit>>();
            remembered
                    .exact()
                    .forEach((name, disks) ->
                            disks.forEach((disk, limit) -> read.computeIfAbsent(name, none -> new TreeMap<>())
                                    .put(DeviceId.parse(disk).orElseThrow(), limit)));
            assertEquals(state, read);
            assertEquals(List.of(), remembered.problems());
        }
    }

    @Test
    void theFlatKeysAloneAreAsStrictAsTheStrictest() {
        for (var round = 0; round < ROUNDS / 10; round++) {
            var state = state();
            var texts = after(Map.of(), codec.limited(state, DeviceId::toString));
            texts.remove("acme.io/smart-state");

            var rates = IoLimit.UNLIMITED;
            for (var disks : state.values()) {
                for (var limit : disks.values()) {
                    rates = rates.strictest(limit.rates());
                }
            }
            assertEquals(rates, codec.read(texts, NOW).every().orElseThrow().rates());
        }
    }

    @Test
    void whateverIsWrittenThrowsNothingAndLimitsNothingAbsurdly() {
        for (var round = 0; round < ROUNDS; round++) {
            var texts = random.nextBoolean()
                    ? after(noise(), codec.limited(state(), DeviceId::toString))
                    : new HashMap<>(noise());
            for (var entry : texts.entrySet()) {
                if (random.nextInt(4) == 0) {
                    entry.setValue(mutated(entry.getValue()));
                }
            }
            check(texts);
        }
    }

    private void check(Map<String, String> texts) {
        Remembered remembered;
        try {
            remembered = codec.read(texts, NOW);
            codec.sparing(codec.released(NOW, "gone"), texts);
        } catch (RuntimeException | Error wrong) {
            throw new AssertionError(texts.toString(), wrong);
        }
        var limits = new ArrayList<SmartLimit>();
        remembered.every().ifPresent(limits::add);
        remembered.exact().values().forEach(disks -> limits.addAll(disks.values()));
        for (var limit : limits) {
            assertTrue(
                    !limit.at().isAfter(NOW.plus(Duration.ofDays(1)))
                            && !limit.at().isBefore(Instant.EPOCH),
                    limit::toString);
            assertTrue(limit.removeDelay().compareTo(Duration.ofDays(1)) <= 0, limit::toString);
            assertTrue(limit.window().length() <= 200 && limit.reason().length() <= 200, limit::toString);
            for (var key : LimitKey.values()) {
                assertTrue(
                        !(limit.rates().get(key) instanceof Rate.PerSecond number) || number.value() >= key.floor(),
                        limit::toString);
            }
        }
        assertThat(limits.size()).isLessThanOrEqualTo(500);
        assertThat(remembered.problems().size()).isLessThanOrEqualTo(20);
        remembered.problems().forEach(problem -> assertTrue(problem.value().length() <= 100));
    }

    private TreeMap<String, SortedMap<DeviceId, SmartLimit>> state() {
        var state = new TreeMap<String, SortedMap<DeviceId, SmartLimit>>();
        for (var i = random.nextInt(4); i >= 0; i--) {
            var disks = state.computeIfAbsent(pick(NAMES), none -> new TreeMap<>());
            for (var j = random.nextInt(3); j >= 0; j--) {
                disks.put(new DeviceId(random.nextInt(4096), random.nextInt(1 << 20)), limit());
            }
        }
        return state;
    }

    private SmartLimit limit() {
        var rates = IoLimit.UNLIMITED;
        while (rates.isUnlimited()) {
            for (var key : LimitKey.values()) {
                var number = key.floor() + (random.nextLong() >>> 1 + random.nextInt(62)) / 2;
                rates = rates.with(key, random.nextBoolean() ? Rate.UNLIMITED : Rate.perSecond(number));
            }
        }
        return new SmartLimit(
                pick(List.of("15m", "30m", "legacy", "7h")),
                NOW.minusNanos(random.nextInt()).minusNanos(Integer.MAX_VALUE),
                rates,
                Duration.ofSeconds(random.nextInt(3600)),
                pick(List.of("", "15m[ReadIOPS:0.92>0.80]", "15m窗口触发[ReadIOPS:0.65]", "\"")));
    }

    private Map<String, String> noise() {
        var noise = new HashMap<String, String>();
        for (var i = random.nextInt(6); i > 0; i--) {
            var name = random.nextInt(4) == 0 ? "read-iops" : pick(SmartStateKeys.names());
            noise.put(pick(PREFIXES) + "/" + name, pick(WORDS));
        }
        return noise;
    }

    private String mutated(String text) {
        var mutated = new StringBuilder(text);
        for (var i = random.nextInt(3); i >= 0; i--) {
            var at = random.nextInt(mutated.length() + 1);
            var mark = MARKS.charAt(random.nextInt(MARKS.length()));
            switch (random.nextInt(4)) {
                case 0 -> mutated.insert(at, mark);
                case 1 -> mutated.setLength(at);
                case 2 -> mutated.insert(at, mutated.substring(at / 2, at));
                default -> {
                    if (at < mutated.length()) {
                        mutated.setCharAt(at, mark);
                    }
                }
            }
        }
        return mutated.toString();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
