/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.LimitKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets IO through for one stretch of time as blk-throttle does: a direction's operations and bytes slow each other down
 * alike, and on v2 what one child takes of its parent's limit is gone for the other.
 */
final class Throttle {
    private final KernelRules rules;
    private final double seconds;
    private final Map<Budget, Double> left = new HashMap<>();

    Throttle(KernelRules rules, Duration time) {
        this.rules = rules;
        this.seconds = time.toNanos() / 1e9;
    }

    void run(List<Demand> demands, Function<CgroupPath, Optional<Cgroup>> find) {
        for (var demand : demands) {
            find.apply(demand.cgroup()).ifPresent(cgroup -> run(cgroup, demand.load()));
        }
    }

    private void run(Cgroup cgroup, Load load) {
        var reads = share(cgroup, load, LimitKey.RIOPS, LimitKey.RBPS);
        var writes = share(cgroup, load, LimitKey.WIOPS, LimitKey.WBPS);
        var io = new Counters(
                spend(cgroup, load, LimitKey.RIOPS, reads),
                spend(cgroup, load, LimitKey.WIOPS, writes),
                spend(cgroup, load, LimitKey.RBPS, reads),
                spend(cgroup, load, LimitKey.WBPS, writes));
        rules.count(cgroup, load.disk(), io);
    }

    /** The fraction of the load in one direction that gets through. */
    private double share(Cgroup cgroup, Load load, LimitKey operations, LimitKey bytes) {
        return Math.min(share(cgroup, load, operations), share(cgroup, load, bytes));
    }

    private double share(Cgroup cgroup, Load load, LimitKey key) {
        var wanted = load.get(key) * seconds;
        var allowed = rules.throttling(cgroup).stream()
                .mapToDouble(each -> left(each, load.disk(), key))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        return wanted <= allowed ? 1 : allowed / wanted;
    }

    private long spend(Cgroup cgroup, Load load, LimitKey key, double share) {
        var done = Math.round(load.get(key) * seconds * share);
        for (var each : rules.throttling(cgroup)) {
            left.put(new Budget(each, load.disk(), key), Math.max(0, left(each, load.disk(), key) - done));
        }
        return done;
    }

    private double left(Cgroup cgroup, DeviceId disk, LimitKey key) {
        return left.computeIfAbsent(new Budget(cgroup, disk, key), budget -> {
            var limit = cgroup.limits().getOrDefault(disk, Map.of()).get(key);
            return limit == null ? Double.POSITIVE_INFINITY : unsigned(limit) * seconds;
        });
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : value + 0x1p64;
    }

    private record Budget(Cgroup cgroup, DeviceId disk, LimitKey key) {}
}
