/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.agent.trace.TraceText;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoCounters;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToLongFunction;

/** Makes a trace of loads that nothing holds back: a round a minute. Not thread-safe. */
public final class Loads {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Environment WORLD =
            new Environment(HostPaths.host(), Clock.fixed(START, ZoneOffset.UTC), () -> 0, Map.of());
    private static final Disk DISK = new Disk(new DeviceId(259, 0), "nvme0n1");
    private static final int BLOCK = 4096;

    private final Map<Pod, IntToLongFunction> loads = new LinkedHashMap<>();

    /** @param writes a second, by the minute */
    public Loads with(String name, Map<String, String> annotations, IntToLongFunction writes) {
        var id = new ContainerId("containerd", Integer.toHexString(name.hashCode()));
        var container = new Container("main", "registry.example/" + name + ":1", ContainerKind.MAIN, Optional.of(id));
        loads.put(
                new Pod("uid-" + name, "shop", name, QosClass.BURSTABLE, Map.of(), annotations, List.of(container)),
                writes);
        return this;
    }

    /** So many writes a second for some minutes, then none for others, and again. */
    public static IntToLongFunction pulse(long writes, int on, int off) {
        return minute -> minute % (on + off) < on ? writes : 0;
    }

    public byte[] trace(int minutes) {
        var trace = new TraceText("node-1", WORLD);
        var done = new long[loads.size()];
        for (var minute = 0; minute <= minutes; minute++) {
            var samples = new ArrayList<Round.Sampled>();
            var watched = new ArrayList<Watched>();
            var nanos = minute * 60_000_000_000L;
            for (var load : loads.entrySet()) {
                var pod = load.getKey();
                var writes = done[watched.size()];
                var key = new ContainerKey(pod.uid(), "main");
                var counters = Map.of(DISK, new IoCounters(0, writes * BLOCK, 0, writes));
                samples.add(new Round.Sampled(key, "id", "io-stat", nanos, counters, Optional.empty()));
                done[watched.size()] += 60 * load.getValue().applyAsLong(minute);
                watched.add(new Watched(pod, pod.containers().get(0), CgroupPath.ROOT, List.of(DiskUse.guarded(DISK))));
            }
            trace.sampled(new Round(new Moment(nanos, START.plusNanos(nanos)), samples, Set.of(), Map.of()), watched);
        }
        return trace.bytes();
    }
}
