/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import static io.diskguard.agent.metrics.Family.gauge;

import io.diskguard.agent.metrics.Reading.Point;
import io.diskguard.agent.view.ContainerView;
import io.diskguard.agent.view.LimitSource;
import io.diskguard.model.IoPressure;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.spi.LimitEscapes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the disks do and what the node can tell. Stateless. */
final class NodeMetrics {
    private static final double PERCENT = 100;

    static final Family UTILIZATION = gauge(
            "diskguard_device_utilization_ratio",
            "Share of the time with at least one operation going on, between the last two rounds of sampling.",
            "device");
    static final Family DEVICE =
            gauge("diskguard_device_info", "1; a disk that is guarded.", "device", "major", "minor");
    static final Family PRESSURE = gauge(
            "diskguard_node_pressure_io_ratio",
            "Share of the last 10 s in which tasks waited for IO; net: of those alone that nothing limits.",
            "kind",
            "net");
    static final Family CAPABILITY =
            gauge("diskguard_capability", "1: this node can do it, as far as is known.", "name");

    static final Family LIMITED = gauge(
            "diskguard_containers_limited", "Containers that are limited on some disk, by who limits them.", "source");
    static final Family INEFFECTIVE = gauge(
            "diskguard_limits_ineffective",
            "Containers with IO that gets past a limit now, as far as was looked.",
            "cause");

    static final List<Family> FAMILIES = List.of(UTILIZATION, DEVICE, PRESSURE, CAPABILITY, LIMITED, INEFFECTIVE);

    private NodeMetrics() {}

    static List<Reading> readings(AgentMetrics.Now now, String cgroupVersion) {
        var utilization = new ArrayList<Point>();
        var devices = new ArrayList<Point>();
        for (var status : now.disks()) {
            var disk = status.disk();
            status.rates().ifPresent(rates -> utilization.add(new Point(List.of(disk.name()), rates.utilisation())));
            devices.add(new Point(
                    List.of(
                            disk.name(),
                            String.valueOf(disk.id().major()),
                            String.valueOf(disk.id().minor())),
                    1));
        }
        var pressure = new ArrayList<Point>();
        waiting(pressure, "raw", now.waiting().node());
        waiting(pressure, "net", now.waiting().unlimited());
        return List.of(
                new Reading(LIMITED, limited(now.containers())),
                new Reading(INEFFECTIVE, ineffective(now.containers())),
                new Reading(UTILIZATION, utilization),
                new Reading(DEVICE, devices),
                new Reading(PRESSURE, pressure),
                new Reading(CAPABILITY, capabilities(now, cgroupVersion)));
    }

    private static List<Point> limited(List<ContainerView> containers) {
        var counts = new EnumMap<LimitSource, Integer>(LimitSource.class);
        for (var source : LimitSource.values()) {
            counts.put(source, 0);
        }
        for (var container : containers) {
            var sources = EnumSet.noneOf(LimitSource.class);
            for (var disk : container.disks()) {
                for (var key : LimitKey.values()) {
                    sources.add(disk.source(key));
                }
            }
            sources.forEach(source -> counts.merge(source, 1, Integer::sum));
        }
        counts.remove(LimitSource.NONE);
        return points(counts, LimitSource::word);
    }

    private static List<Point> ineffective(List<ContainerView> containers) {
        var counts = new EnumMap<LimitEscapes.Cause, Integer>(LimitEscapes.Cause.class);
        for (var container : containers) {
            container.disks().stream()
                    .flatMap(disk -> disk.ineffective().stream())
                    .map(Ineffective::cause)
                    .distinct()
                    .forEach(cause -> counts.merge(cause, 1, Integer::sum));
        }
        return points(counts, cause -> cause.name().toLowerCase(Locale.ROOT));
    }

    private static <T> List<Point> points(Map<T, Integer> counts, Function<T, String> word) {
        return counts.entrySet().stream()
                .map(entry -> new Point(List.of(word.apply(entry.getKey())), entry.getValue()))
                .toList();
    }

    private static void waiting(List<Point> points, String net, Optional<IoPressure> share) {
        share.ifPresent(it -> {
            points.add(new Point(List.of("some", net), it.some().avg10() / PERCENT));
            points.add(new Point(List.of("full", net), it.full().avg10() / PERCENT));
        });
    }

    private static List<Point> capabilities(AgentMetrics.Now now, String cgroupVersion) {
        return List.of(
                capability("cgroup_v1", cgroupVersion.equals("1")),
                capability("cgroup_v2", cgroupVersion.equals("2")),
                capability("disk_counting", now.disks().stream().allMatch(it -> it.countingOff()
                        .isEmpty())),
                capability("disk_activity", now.disks().stream().anyMatch(it -> it.rates()
                        .isPresent())),
                capability("io_pressure", now.waiting().node().isPresent()));
    }

    private static Point capability(String name, boolean there) {
        return new Point(List.of(name), there ? 1 : 0);
    }
}
