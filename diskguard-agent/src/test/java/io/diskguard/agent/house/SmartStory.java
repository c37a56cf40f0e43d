/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import io.diskguard.config.DiskCapacity;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.SmartSettings;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoPressure;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.Surroundings;
import io.diskguard.smart.SmartEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What becomes of a container on a disk, told as a page tells it: its load in words in, decisions in words out. */
final class SmartStory {
    private static final ContainerKey CONTAINER = new ContainerKey("uid", "app");
    private static final ContainerKey NEIGHBOUR = new ContainerKey("uid", "neighbour");
    private static final Disk DISK = new Disk(new DeviceId(259, 0), "nvme0n1");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long MIB = 1 << 20;

    private static final Pattern SEGMENT =
            Pattern.compile("(.+?)(?: for)? (\\d+) min(?: of every (\\d+), for (\\d+) min)?");
    private static final Pattern AMOUNT = Pattern.compile("(\\d+) (reads/s|writes/s|MiB/s read|MiB/s written)");
    private static final Pattern WAITS = Pattern.compile("(\\d+)%(?: for)? (\\d+) min");
    private static final Pattern RESTORED = Pattern.compile("(.+) by (\\w+), set (\\d+) min ago");

    private final GuardConfig config;
    private final IoLimit statics;
    private final SmartEngine engine;
    private final List<SmartDecision> decisions = new ArrayList<>();
    private final double[] done = new double[LimitKey.values().length];
    private String id = "1";
    /** Percent of its time that the neighbour waits for IO, minute by minute; empty without one. */
    private final List<Integer> waits = new ArrayList<>();

    private long minute;

    /** @param statics in words, such as {@code 500 writes/s}; {@code none} */
    SmartStory(GuardConfig config, String statics) {
        this.config = config;
        this.statics = limit(statics);
        this.engine = new SmartEngine(config.smart());
    }

    /** As {@code 300 writes/s by 15m, set 60 min ago}. */
    void restored(String words) {
        var match = matched(RESTORED, words);
        var set = START.minus(Duration.ofMinutes(Long.parseLong(match.group(3))));
        var delay = config.smart().release().delay();
        var limit = new SmartLimit(match.group(2), set, limit(match.group(1)), delay, "");
        decisions.addAll(engine.restore(CONTAINER, DISK, limit, now()));
    }

    /** Another container on the disk, that has no limit: {@code 20% for 10 min, then 2% for 50 min}. */
    void besideOneThatWaits(String words) {
        for (var segment : words.split(", then ")) {
            var match = matched(WAITS, segment);
            waits.addAll(Collections.nCopies(Integer.parseInt(match.group(2)), Integer.parseInt(match.group(1))));
        }
    }

    /** As {@code 900 writes/s for 10 min, then idle for 30 min}. */
    void live(String words) {
        round(true);
        for (var segment : words.split(", then ")) {
            if (segment.equals("a restart")) {
                id += "'";
                Arrays.fill(done, 0);
                continue;
            }
            var match = matched(SEGMENT, segment);
            var minutes = Integer.parseInt(match.group(2));
            var every = match.group(3) == null ? minutes : Integer.parseInt(match.group(3));
            var total = match.group(4) == null ? minutes : Integer.parseInt(match.group(4));
            for (var passed = 0; passed < total; passed++) {
                minute++;
                pass(passed % every < minutes ? match.group(1) : "idle");
            }
        }
    }

    private void pass(String words) {
        var load = words.replaceFirst(" unseen$", "");
        if (!load.equals("not running") && !load.equals("idle")) {
            amounts(load).forEach((key, tried) -> done[key.ordinal()] += 60 * Math.min(tried, allowed(key)));
        }
        if (load.equals(words)) {
            round(!load.equals("not running"));
        }
    }

    private void round(boolean running) {
        var samples = new ArrayList<Round.Sampled>();
        if (running) {
            var counters = new IoCounters((long) done[2], (long) done[3], (long) done[0], (long) done[1]);
            samples.add(sample(CONTAINER, id, counters, Optional.empty()));
        }
        if (!waits.isEmpty()) {
            var now = waits.get((int) Math.min(Math.max(0, minute - 1), waits.size() - 1));
            var share = new IoPressure.Share(now, now, now, 0);
            var counters = new IoCounters(0, minute * 4096, 0, minute);
            samples.add(sample(NEIGHBOUR, "2", counters, Optional.of(new IoPressure(share, share))));
        }
        var round = new Round(now(), samples, running ? Set.of() : Set.of(CONTAINER), Map.of());
        decisions.addAll(engine.decide(round, new Surroundings() {
            @Override
            public IoLimit statics(ContainerKey container, Disk disk) {
                return container.equals(CONTAINER) ? statics : IoLimit.UNLIMITED;
            }

            @Override
            public DiskCapacity capacity(Disk disk) {
                return config.disks().capacity();
            }
        }));
    }

    private Round.Sampled sample(
            ContainerKey container, String containerId, IoCounters counters, Optional<IoPressure> pressure) {
        return new Round.Sampled(container, containerId, "cgroup", now().nanos(), Map.of(DISK, counters), pressure);
    }

    /** In shadow nothing holds it back but its static limit. */
    private double allowed(LimitKey key) {
        var smart = engine.limits()
                .of(CONTAINER, DISK.id())
                .map(SmartLimit::rates)
                .filter(limit -> !isShadow())
                .orElse(IoLimit.UNLIMITED);
        return statics.strictest(smart).get(key) instanceof Rate.PerSecond limited ? limited.value() : Double.MAX_VALUE;
    }

    private boolean isShadow() {
        return config.smart().mode() == SmartSettings.Mode.SHADOW;
    }

    private Moment now() {
        return new Moment(minute * MINUTE.toNanos(), START.plus(MINUTE.multipliedBy(minute)));
    }

    /** As {@code after 5 min: limited to 720 writes/s; after 20 min: released}. */
    String told() {
        var words = decisions.stream()
                .map(each -> "after " + Duration.between(START, each.at()).toMinutes() + " min: " + told(each))
                .toList();
        return words.isEmpty() ? "nothing" : String.join("; ", words);
    }

    private String told(SmartDecision decision) {
        var would = isShadow() ? "would be " : "";
        return switch (decision.kind()) {
            case APPLY, UPDATE ->
                would + "limited to " + amounts(decision.after().orElseThrow().rates());
            case RELEASE -> would + "released";
            case NO_EFFECT -> "no effect";
            case RESTORE -> "restored";
        };
    }

    /** Of the first limit. */
    String reason() {
        return decisions.get(0).reason();
    }

    /** Of the last limit, in minutes. */
    String staysAtLeast() {
        return decisions.stream()
                .flatMap(each -> each.after().stream())
                .reduce((before, after) -> after)
                .map(limit -> limit.removeDelay().toMinutes() + " min")
                .orElse("");
    }

    private static IoLimit limit(String words) {
        var limit = IoLimit.UNLIMITED;
        if (!words.equals("none")) {
            for (var each : amounts(words).entrySet()) {
                limit = limit.with(each.getKey(), Rate.perSecond(each.getValue()));
            }
        }
        return limit;
    }

    private static Map<LimitKey, Long> amounts(String words) {
        var amounts = new EnumMap<LimitKey, Long>(LimitKey.class);
        for (var part : words.split(" \\+ ")) {
            var match = matched(AMOUNT, part);
            var number = Long.parseLong(match.group(1));
            switch (match.group(2)) {
                case "reads/s" -> amounts.put(LimitKey.RIOPS, number);
                case "writes/s" -> amounts.put(LimitKey.WIOPS, number);
                case "MiB/s read" -> amounts.put(LimitKey.RBPS, number * MIB);
                default -> amounts.put(LimitKey.WBPS, number * MIB);
            }
        }
        return amounts;
    }

    private static String amounts(IoLimit limit) {
        var parts = new ArrayList<String>();
        for (var key : LimitKey.values()) {
            if (limit.get(key) instanceof Rate.PerSecond limited) {
                parts.add(
                        key.isOperations()
                                ? limited.value() + (key.isRead() ? " reads/s" : " writes/s")
                                : limited.value() / MIB + " MiB/s " + (key.isRead() ? "read" : "written"));
            }
        }
        return String.join(" + ", parts);
    }

    private static Matcher matched(Pattern pattern, String words) {
        var match = pattern.matcher(words);
        if (!match.matches()) {
            throw new IllegalArgumentException("\"" + words + "\" is not " + pattern);
        }
        return match;
    }
}
