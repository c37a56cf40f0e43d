/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.LimitKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets IO through for one stretch of time as blk-throttle does: a direction's operations and bytes slow each other down
 * alike, on v2 what one child takes of its parent's limit is gone for the other, and a stacked disk's IO passes the limits
 * of each layer. What the limits let through shares what the disks can do.
 */
final class Throttle {
    private final KernelRules rules;
    private final BlockDevices devices;
    private final double seconds;
    private final Map<Budget, Double> left = new HashMap<>();

    Throttle(KernelRules rules, BlockDevices devices, Duration time) {
        this.rules = rules;
        this.devices = devices;
        this.seconds = time.toNanos() / 1e9;
    }

    /** @return the part of the time that each cgroup with a demand waited */
    Map<CgroupPath, Double> run(List<Demand> demands, Function<CgroupPath, Optional<Cgroup>> find) {
        var passed = new ArrayList<Passed>();
        for (var demand : demands) {
            var layers = devices.layers(demand.load().disk());
            find.apply(demand.cgroup()).ifPresent(cgroup -> passed.add(throttled(cgroup, demand.load(), layers)));
        }
        var contention = new Contention(devices, seconds);
        passed.forEach(each -> contention.add(each.layers(), each.io()));
        var waited = new HashMap<CgroupPath, Double>();
        for (var each : passed) {
            var io = each.io().times(contention.share(each.layers()));
            count(each, io, contention);
            if (each.wanted() > 0) {
                waited.merge(each.cgroup().path(), Math.max(0, 1 - io.operations() / each.wanted()), Math::max);
            }
        }
        return waited;
    }

    private void count(Passed passed, Counters io, Contention contention) {
        for (var layer : passed.layers()) {
            var part = layer.of(io);
            passed.cgroup().did(layer.disk(), part);
            rules.count(passed.cgroup(), layer.disk(), part);
            devices.count(layer.disk(), contention.work(layer.disk(), part));
        }
        var asked = passed.disk();
        if (devices.isPartition(asked) && !passed.layers().isEmpty()) {
            devices.count(asked, contention.work(passed.layers().get(0).disk(), io));
        }
    }

    private Passed throttled(Cgroup cgroup, Load load, List<Layer> layers) {
        var reads = share(cgroup, load, layers, LimitKey.RIOPS, LimitKey.RBPS);
        var writes = share(cgroup, load, layers, LimitKey.WIOPS, LimitKey.WBPS);
        var io = new Counters(
                Math.round(load.riops() * seconds * reads),
                Math.round(load.wiops() * seconds * writes),
                Math.round(load.rbps() * seconds * reads),
                Math.round(load.wbps() * seconds * writes));
        for (var layer : layers) {
            var part = layer.of(io);
            spend(cgroup, layer.disk(), LimitKey.RIOPS, part.reads());
            spend(cgroup, layer.disk(), LimitKey.WIOPS, part.writes());
            spend(cgroup, layer.disk(), LimitKey.RBPS, part.readBytes());
            spend(cgroup, layer.disk(), LimitKey.WBPS, part.writtenBytes());
        }
        return new Passed(cgroup, load.disk(), layers, io, (load.riops() + load.wiops()) * seconds);
    }

    /** The fraction of the load in one direction that gets through all layers. */
    private double share(Cgroup cgroup, Load load, List<Layer> layers, LimitKey operations, LimitKey bytes) {
        return layers.stream()
                .mapToDouble(
                        layer -> Math.min(share(cgroup, load, layer, operations), share(cgroup, load, layer, bytes)))
                .min()
                .orElse(0);
    }

    private double share(Cgroup cgroup, Load load, Layer layer, LimitKey key) {
        var wanted = load.get(key) * layer.share(key.isRead()) * seconds;
        var allowed = rules.throttling(cgroup).stream()
                .mapToDouble(each -> left(each, layer.disk(), key))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        return wanted <= allowed ? 1 : allowed / wanted;
    }

    private void spend(Cgroup cgroup, DeviceId disk, LimitKey key, long done) {
        for (var each : rules.throttling(cgroup)) {
            left.put(new Budget(each, disk, key), Math.max(0, left(each, disk, key) - done));
        }
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

    /** What the limits let through of a load. */
    private record Passed(Cgroup cgroup, DeviceId disk, List<Layer> layers, Counters io, double wanted) {}
}
