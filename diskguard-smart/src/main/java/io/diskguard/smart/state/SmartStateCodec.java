/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart.state;

import static io.diskguard.model.SmartStateKeys.APPLIED_AT;
import static io.diskguard.model.SmartStateKeys.AUTO_BPS;
import static io.diskguard.model.SmartStateKeys.AUTO_IOPS;
import static io.diskguard.model.SmartStateKeys.LIMIT_REASON;
import static io.diskguard.model.SmartStateKeys.LIMIT_REMOVED;
import static io.diskguard.model.SmartStateKeys.REMOVED_AT;
import static io.diskguard.model.SmartStateKeys.REMOVED_REASON;
import static io.diskguard.model.SmartStateKeys.SMART_LIMIT;
import static io.diskguard.model.SmartStateKeys.SMART_STATE;
import static io.diskguard.model.SmartStateKeys.TRIGGERED_BY;
import static io.diskguard.model.SmartStateKeys.TRIGGER_REASON;

import io.diskguard.config.SmartSettings;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.model.SmartStateKeys;
import io.diskguard.policy.smart.SmartLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** A pod's smart limits as annotations, {@link SmartStateKeys} below one prefix, in both directions. Immutable; thread-safe. */
public final class SmartStateCodec {
    /** Why an operator's limits went: no release by the load, after which a limit stays for longer. */
    public static final String SWITCHED_OFF = "smart limit was switched off";
    /** The same where limits are only thought of. */
    public static final String IN_SHADOW = "smart limit only reports now";

    private static final Set<String> OPERATORS = Set.of(SWITCHED_OFF, IN_SHADOW);

    private static final List<String> FORMER_PREFIXES = List.of("kubediskguard.io", "io-limit", "iops-limit");

    private final String prefix;
    private final SmartSettings settings;
    /** By prefix, in the order in which they are read. */
    private final Map<String, Set<String>> keys = new LinkedHashMap<>();
    /** Prefixes of this process that are not its any more, newest first. */
    private final List<String> left;

    /** @param prefix what is written has this one, and it is read first; without the slash */
    public SmartStateCodec(String prefix, SmartSettings settings) {
        this(prefix, settings, List.of());
    }

    private SmartStateCodec(String prefix, SmartSettings settings, List<String> left) {
        this.prefix = prefix;
        this.settings = settings;
        this.left = left;
        keys.put(prefix, SmartStateKeys.below(prefix));
        left.forEach(before -> keys.put(before, SmartStateKeys.below(before)));
        for (var former : FORMER_PREFIXES) {
            keys.putIfAbsent(former, SmartStateKeys.below(former));
        }
    }

    /**
     * The annotations of a pod that is limited; those without a value are to be removed. Flat keys show for each number
     * the strictest container, and the window, reason and time of what was set last.
     *
     * @param identity what the disk is called whatever its number
     * @throws IllegalArgumentException if there is no limit
     */
    public Map<String, Optional<String>> limited(
            SortedMap<String, SortedMap<DeviceId, SmartLimit>> byContainer, Function<DeviceId, String> identity) {
        var rates = IoLimit.UNLIMITED;
        var computed = IoLimit.UNLIMITED;
        var inOrder = new ArrayList<SmartLimit>();
        for (var disks : byContainer.values()) {
            for (var limit : disks.values()) {
                rates = rates.strictest(limit.rates());
                computed = computed.strictest(computed(limit));
                inOrder.add(limit);
            }
        }
        if (inOrder.isEmpty()) {
            throw new IllegalArgumentException("a limited pod has a limit");
        }
        inOrder.sort(Comparator.comparing(SmartLimit::at));
        var newest = inOrder.get(inOrder.size() - 1);
        var values = new HashMap<String, String>();
        values.put(SMART_LIMIT, "true");
        values.put(TRIGGERED_BY, newest.window());
        values.put(TRIGGER_REASON, newest.reason());
        values.put(LIMIT_REASON, "high-io-detected");
        for (var key : LimitKey.values()) {
            put(values, FlatState.limitKey(key), rates.get(key));
        }
        put(values, AUTO_IOPS, computed.riops().strictest(computed.wiops()));
        put(values, AUTO_BPS, computed.rbps().strictest(computed.wbps()));
        values.put(APPLIED_AT, newest.at().toString());
        var exact = ExactState.write(byContainer, identity);
        if (exact.isPresent()) {
            values.put(SMART_STATE, exact.get());
        }
        return below(values);
    }

    /** The one that follows this when the configuration changes: what this one and those before it wrote are {@link #leftovers} to it. */
    public SmartStateCodec with(String nextPrefix, SmartSettings nextSettings) {
        var all = new ArrayList<String>(left);
        all.add(0, prefix);
        all.remove(nextPrefix);
        return new SmartStateCodec(nextPrefix, nextSettings, List.copyOf(all));
    }

    /** Whether these were written by {@link #limited}: not by an agent that knew no {@code smart-limit}. */
    public boolean isOurs(Map<String, String> annotations) {
        return annotations.containsKey(prefix + "/" + SMART_LIMIT)
                || left.stream().anyMatch(before -> annotations.containsKey(before + "/" + SMART_LIMIT));
    }

    /**
     * What takes away all that was written below prefixes that were configured before in this process; nothing of an agent
     * that knew no {@code smart-limit}.
     */
    public Map<String, Optional<String>> leftovers(Map<String, String> annotations) {
        var changes = new LinkedHashMap<String, Optional<String>>();
        for (var before : left) {
            var isLimited = isLimited(before, annotations);
            var isOriginals = new FlatState(before, annotations, new Believed(Instant.EPOCH)).hasOriginalsNumbers();
            if (isLimited || isReleased(before, annotations)) {
                for (var key : keys.get(before)) {
                    if (annotations.containsKey(key) && !(isOriginals && key.endsWith("/" + TRIGGERED_BY))) {
                        changes.put(key, Optional.empty());
                    }
                }
            }
        }
        return changes;
    }

    /** The annotations that say of a release what these say, below whichever prefix of this process; empty if they say none. */
    public Optional<Map<String, Optional<String>>> carried(Map<String, String> annotations) {
        return Stream.concat(Stream.of(prefix), left.stream())
                .filter(it -> !isLimited(it, annotations) && isReleased(it, annotations))
                .findFirst()
                .map(it -> {
                    var values = new HashMap<String, String>();
                    for (var name : List.of(LIMIT_REMOVED, REMOVED_AT, REMOVED_REASON)) {
                        Optional.ofNullable(annotations.get(it + "/" + name))
                                .ifPresent(value -> values.put(name, value));
                    }
                    return below(values);
                });
    }

    private static boolean isLimited(String below, Map<String, String> annotations) {
        return annotations.containsKey(below + "/" + SMART_LIMIT) || annotations.containsKey(below + "/" + SMART_STATE);
    }

    private static boolean isReleased(String below, Map<String, String> annotations) {
        return annotations.containsKey(below + "/" + LIMIT_REMOVED)
                && !annotations.containsKey(below + "/" + TRIGGERED_BY);
    }

    /** The annotations of a pod whose last limit was released; those without a value are to be removed. */
    public Map<String, Optional<String>> released(Instant at, String reason) {
        return below(Map.of(LIMIT_REMOVED, "true", REMOVED_AT, at.toString(), REMOVED_REASON, reason));
    }

    /**
     * The same changes, but none that would make what the original agent wrote over a pod's {@code read-iops} and so on
     * pass for its owner's: it is told from theirs by {@code triggered-by} without {@code smart-limit}.
     *
     * @param annotations of the pod, as they are
     */
    public Map<String, Optional<String>> sparing(
            Map<String, Optional<String>> changes, Map<String, String> annotations) {
        var spared = new LinkedHashMap<>(changes);
        if (new FlatState(prefix, annotations, new Believed(Instant.EPOCH)).hasOriginalsNumbers()) {
            spared.remove(prefix + "/" + SMART_LIMIT);
            spared.remove(prefix + "/" + TRIGGERED_BY, Optional.<String>empty());
        }
        return spared;
    }

    /**
     * What a pod's annotations say of limits from before this process. The first prefix with any of the keys decides alone.
     * Anybody may have written them: whatever they are, this throws nothing, and what makes no sense is a problem.
     *
     * @param now when what has no time was set
     */
    public Remembered read(Map<String, String> annotations, Instant now) {
        for (var candidate : keys.entrySet()) {
            if (!Collections.disjoint(candidate.getValue(), annotations.keySet())) {
                return read(candidate.getKey(), annotations, new Believed(now));
            }
        }
        return Remembered.NOTHING;
    }

    private Remembered read(String candidate, Map<String, String> annotations, Believed believed) {
        var flat = new FlatState(candidate, annotations, believed);
        var delay = settings.release().delay();
        var key = candidate + "/" + SMART_STATE;
        var text = annotations.get(key);
        var exact = text == null
                ? Optional.<Map<String, Map<String, SmartLimit>>>empty()
                : ExactState.read(key, text, delay, believed);
        var isRemoved = exact.isEmpty() && flat.is(LIMIT_REMOVED);
        var isRelease =
                isRemoved && !OPERATORS.contains(annotations.getOrDefault(candidate + "/" + REMOVED_REASON, ""));
        return new Remembered(
                exact.orElse(Map.of()),
                exact.isPresent() || isRemoved ? Optional.empty() : flat.read(delay),
                isRelease ? flat.time(REMOVED_AT) : Optional.empty(),
                candidate.equals(prefix),
                believed.problems());
    }

    private IoLimit computed(SmartLimit limit) {
        var computed = limit.rates();
        for (var window : settings.windows()) {
            for (var key : LimitKey.values()) {
                if (window.name().equals(limit.window()) && window.limit(key).isPresent()) {
                    computed = computed.with(key, Rate.UNLIMITED);
                }
            }
        }
        return computed;
    }

    private static void put(Map<String, String> values, String key, Rate rate) {
        if (!rate.isUnlimited()) {
            values.put(key, rate.toString());
        }
    }

    private Map<String, Optional<String>> below(Map<String, String> values) {
        var changes = new LinkedHashMap<String, Optional<String>>();
        for (var name : SmartStateKeys.names()) {
            changes.put(prefix + "/" + name, Optional.ofNullable(values.get(name)));
        }
        return changes;
    }
}
