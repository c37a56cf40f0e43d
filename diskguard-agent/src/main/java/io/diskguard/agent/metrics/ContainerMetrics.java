/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import static io.diskguard.agent.metrics.Family.counter;
import static io.diskguard.agent.metrics.Family.gauge;

import io.diskguard.agent.view.ContainerView;
import io.diskguard.agent.view.DiskStanding;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * What each container may do and does: those that are limited, and of the others those that do most. A container's series go
 * with it. They are written one after the other, never held all at once: there are ten for each container. Immutable.
 */
final class ContainerMetrics {
    /** How many values of one metric there are at most. */
    static final int MOST = 10_000;

    /** Containers that nothing limits, by what they do. */
    private static final int BUSIEST = 50;

    /** Operations weigh as much as so many bytes, the least that most disks do at a time. */
    private static final double OPERATION = 4096;

    private static final LimitKey[] KEYS = LimitKey.values();

    static final Family LIMIT_BYTES = gauge(
            "diskguard_container_limit_bytes_per_second",
            "Bytes a second that the kernel lets a container read or write on a disk, and who says so.",
            "namespace",
            "pod",
            "container",
            "device",
            "direction",
            "source");
    static final Family LIMIT_OPERATIONS = gauge(
            "diskguard_container_limit_operations_per_second",
            "Operations a second that the kernel lets a container do on a disk, and who says so.",
            "namespace",
            "pod",
            "container",
            "device",
            "direction",
            "source");
    static final Family IO_BYTES = counter(
            "diskguard_container_io_bytes",
            "Bytes that a container has read or written on a disk since it started, as of the last round of sampling.",
            "namespace",
            "pod",
            "container",
            "device",
            "direction");
    static final Family IO_OPERATIONS = counter(
            "diskguard_container_io_operations",
            "Operations that a container has done on a disk since it started, as of the last round of sampling.",
            "namespace",
            "pod",
            "container",
            "device",
            "direction");
    static final Family VERIFIED = gauge(
            "diskguard_limit_verified",
            "1: the kernel has the limit that the container should have on the disk, as last read back.",
            "namespace",
            "pod",
            "container",
            "device");

    static final List<Family> FAMILIES = List.of(LIMIT_BYTES, LIMIT_OPERATIONS, IO_BYTES, IO_OPERATIONS, VERIFIED);

    private final List<ContainerView> told;

    private ContainerMetrics(List<ContainerView> told) {
        this.told = told;
    }

    /** @param containers sorted by what names them */
    static ContainerMetrics of(List<ContainerView> containers) {
        var busiest = new HashSet<ContainerView>();
        containers.stream()
                .filter(container -> !isLimitedOrToBe(container) && load(container) > 0)
                .sorted(Comparator.comparingDouble(ContainerMetrics::load).reversed())
                .limit(BUSIEST)
                .forEach(busiest::add);
        var told = new ArrayList<ContainerView>();
        for (var container : containers) {
            // A pod that takes the place of one of its name may be there beside it for a while
            var isSecond = !told.isEmpty() && isNamedAlike(told.get(told.size() - 1), container);
            if (!isSecond && (isLimitedOrToBe(container) || busiest.contains(container))) {
                told.add(container);
            }
        }
        return new ContainerMetrics(told);
    }

    /** @return how many values were left out, as they were too many */
    long writeTo(MetricText text) throws IOException {
        return limits(text, LIMIT_BYTES, false)
                + limits(text, LIMIT_OPERATIONS, true)
                + counters(text, IO_BYTES, false)
                + counters(text, IO_OPERATIONS, true)
                + verified(text);
    }

    private long limits(MetricText text, Family family, boolean operations) throws IOException {
        text.begin(family, MOST);
        for (var container : told) {
            for (var disk : container.disks()) {
                for (var key : KEYS) {
                    if (key.isOperations() == operations && disk.kernel().get(key) instanceof Rate.PerSecond rate) {
                        named(text, container, disk)
                                .label("direction", direction(key))
                                .label("source", disk.source(key).word())
                                .value(rate.value());
                    }
                }
            }
        }
        return text.dropped();
    }

    private long counters(MetricText text, Family family, boolean operations) throws IOException {
        text.begin(family, MOST);
        for (var container : told) {
            for (var disk : container.disks()) {
                if (disk.counters().isPresent()) {
                    for (var key : KEYS) {
                        if (key.isOperations() == operations) {
                            named(text, container, disk)
                                    .label("direction", direction(key))
                                    .value(value(disk.counters().get(), key));
                        }
                    }
                }
            }
        }
        return text.dropped();
    }

    private long verified(MetricText text) throws IOException {
        text.begin(VERIFIED, MOST);
        for (var container : told) {
            for (var disk : container.disks()) {
                named(text, container, disk).value(disk.isVerified() ? 1 : 0);
            }
        }
        return text.dropped();
    }

    private static MetricText named(MetricText text, ContainerView container, DiskStanding disk) throws IOException {
        return text.label("namespace", container.pod().namespace())
                .label("pod", container.pod().name())
                .label("container", container.name())
                .label("device", disk.disk().name());
    }

    private static boolean isNamedAlike(ContainerView one, ContainerView other) {
        return one.name().equals(other.name())
                && one.pod().name().equals(other.pod().name())
                && one.pod().namespace().equals(other.pod().namespace());
    }

    /** Whether the kernel limits it, or should. */
    private static boolean isLimitedOrToBe(ContainerView container) {
        for (var disk : container.disks()) {
            if (!disk.kernel().isUnlimited() || !disk.wanted().isUnlimited()) {
                return true;
            }
        }
        return false;
    }

    private static double load(ContainerView container) {
        return container.disks().stream()
                .flatMap(disk -> disk.rates().stream())
                .mapToDouble(ContainerMetrics::weight)
                .sum();
    }

    private static double weight(IoRates rates) {
        return (rates.riops() + rates.wiops()) * OPERATION + rates.rbps() + rates.wbps();
    }

    private static String direction(LimitKey key) {
        return key.isRead() ? "read" : "write";
    }

    private static long value(IoCounters counters, LimitKey key) {
        return key.isOperations()
                ? key.isRead() ? counters.rios() : counters.wios()
                : key.isRead() ? counters.rbytes() : counters.wbytes();
    }
}
