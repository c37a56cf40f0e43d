/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.browser;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A container on one disk, made up. Immutable.
 *
 * @param limit what the kernel has; 0 for none
 * @param wanted what it is to have; 0 for none
 * @param does what it does on average
 */
record FixedContainer(
        String id,
        String namespace,
        String pod,
        String name,
        String device,
        String number,
        String state,
        Four limit,
        Four wanted,
        Four does,
        String source,
        Map<String, ?> more) {
    private static final long MIB = 1024 * 1024;
    private static final int POINTS = 180;
    private static final int RESOLUTION = 20;
    private static final Four NONE = new Four(0, 0, 0, 0);

    record Four(double riops, double wiops, double rbps, double wbps) {
        Map<String, Object> limit() {
            var limit = new LinkedHashMap<String, Object>();
            limit.put("riops", number(riops));
            limit.put("wiops", number(wiops));
            limit.put("rbps", number(rbps));
            limit.put("wbps", number(wbps));
            return limit;
        }

        private static Object number(double n) {
            return n == 0 ? "max" : (Object) (long) n;
        }

        boolean any() {
            return riops + wiops + rbps + wbps > 0;
        }

        Map<String, Object> words(String word) {
            var words = limit();
            words.replaceAll((key, n) -> n.equals("max") ? "none" : word);
            return words;
        }

        /** As it is at a time: up and down, never over a limit. */
        Map<String, Object> rates(int at, int seed, Four limit) {
            var rates = new LinkedHashMap<String, Object>();
            rates.put("riops", swing(riops, at, seed, limit.riops));
            rates.put("wiops", swing(wiops, at, seed + 1, limit.wiops));
            rates.put("rbps", swing(rbps, at, seed + 2, limit.rbps));
            rates.put("wbps", swing(wbps, at, seed + 3, limit.wbps));
            return rates;
        }

        private static double swing(double mean, int at, int seed, double limit) {
            var slow = Math.sin((at + seed * 97) / 420.0);
            var fast = Math.sin((at * (1 + seed % 3) + seed * 31) / 47.0) * Math.sin((at + seed * 13) / 19.0);
            var n = Math.max(0, mean * (1 + .45 * slow + .25 * fast));
            return Math.round((limit > 0 ? Math.min(n, limit * (.985 + .015 * fast)) : n) * 100) / 100.0;
        }
    }

    boolean limited() {
        return limit.any();
    }

    /** As the API has it; with everything, as when it is asked for alone. */
    Map<String, Object> json(Instant measured, Instant now, boolean all) {
        var seed = Math.floorMod(id.hashCode(), 50);
        var at = (int) (now.getEpochSecond() - FixedNode.START.getEpochSecond());
        var disk = new LinkedHashMap<String, Object>();
        disk.put("device", device);
        disk.put("number", number);
        disk.put("limit", limit.limit());
        disk.put("wanted", wanted.limit());
        disk.put("sources", limit.words(source));
        disk.put(
                "origins",
                limit.words(Optional.ofNullable((String) more.get("origin")).orElse(source)));
        disk.put("state", state);
        disk.put("rates", does.rates(at, seed, limit));
        disk.put("counters", Map.of("rbytes", 734003200L, "wbytes", 91268055040L, "rios", 1201334, "wios", 88120411));
        disk.put("ineffective", Optional.ofNullable(more.get("ineffective")).orElse(List.of()));
        for (var key : List.of("detail", "smart")) {
            Optional.ofNullable(more.get(key)).ifPresent(value -> disk.put(key, value));
        }
        if (all) {
            disk.put(
                    "trend",
                    Map.of("15m", does.rates(at - 500, seed, limit), "30m", does.rates(at - 900, seed, limit)));
            disk.put("history", history(now, at, seed));
        }
        var container = new LinkedHashMap<String, Object>();
        container.put("container_id", id);
        container.put("runtime", "containerd");
        container.put("namespace", namespace);
        container.put("pod_name", pod);
        container.put("pod_uid", "6f1a2b3c-0000-4000-8000-0000000000" + (10 + seed));
        container.put("container", name);
        container.put("kind", "main");
        container.put("qos_class", "Burstable");
        container.put("cgroup", "/kubepods.slice/kubepods-burstable.slice/pod6f1a2b3c/" + id);
        container.put("last_update", measured.toString());
        container.put("disks", List.of(disk));
        return container;
    }

    private List<Map<String, Object>> history(Instant now, int at, int seed) {
        return IntStream.range(0, POINTS)
                .mapToObj(i -> {
                    var back = (POINTS - 1 - i) * RESOLUTION;
                    var point = new LinkedHashMap<String, Object>();
                    point.put("timestamp", now.minusSeconds(back).toString());
                    point.putAll(does.rates(at - back, seed, limit));
                    return (Map<String, Object>) point;
                })
                .toList();
    }

    static FixedContainer named(String namespace, String pod, String name) {
        return of(
                namespace,
                pod,
                name,
                "sdb",
                "held",
                new Four(500, 500, 0, 0),
                new Four(120, 80, MIB, MIB),
                "default",
                Map.of());
    }

    static FixedContainer one(int i) {
        return switch (i % 4) {
            case 0 -> named("load-" + i % 10, "pod-" + i, "app");
            case 1 ->
                of(
                        "load-" + i % 10,
                        "pod-" + i,
                        "app",
                        "nvme0n1",
                        "held",
                        new Four(0, 0, 0, 20 * MIB),
                        new Four(10 + i, 60, MIB, 18 * MIB),
                        "annotation",
                        Map.of());
            default ->
                of(
                        "load-" + i % 10,
                        "pod-" + i,
                        "app",
                        "sdb",
                        "unlimited",
                        NONE,
                        new Four(i, 3, i * 4096.0, 12288),
                        "none",
                        Map.of());
        };
    }

    private static FixedContainer of(
            String namespace,
            String pod,
            String name,
            String device,
            String state,
            Four limit,
            Four does,
            String source,
            Map<String, ?> more) {
        return new FixedContainer(
                String.format("%064x", (namespace + pod + name).hashCode() & 0xffffffffL),
                namespace,
                pod,
                name,
                device,
                device.equals("sdb") ? "8:16" : "259:0",
                state,
                limit,
                limit,
                does,
                source,
                more);
    }

    private FixedContainer wanting(Four other) {
        return new FixedContainer(id, namespace, pod, name, device, number, state, limit, other, does, source, more);
    }

    static List<FixedContainer> rich() {
        return List.of(
                of(
                        "shop",
                        "db-0",
                        "postgres",
                        "nvme0n1",
                        "held",
                        new Four(2000, 1500, 0, 80 * MIB),
                        new Four(640, 1420, 9 * MIB, 41 * MIB),
                        "annotation",
                        Map.of("origin", "annotation iops-limit/iops")),
                of(
                        "shop",
                        "search-1",
                        "elasticsearch",
                        "nvme0n1",
                        "held",
                        new Four(1200, 0, 60 * MIB, 0),
                        new Four(1350, 210, 48 * MIB, 6 * MIB),
                        "smart",
                        Map.of(
                                "origin",
                                "smart 30m",
                                "smart",
                                Map.of(
                                        "window",
                                        "30m",
                                        "reason",
                                        "30m[ReadIOPS:0.93>0.80]",
                                        "since",
                                        FixedNode.START.minusSeconds(1260).toString(),
                                        "earliest_release",
                                        FixedNode.START.plusSeconds(540).toString(),
                                        "limit",
                                        new Four(1200, 0, 60 * MIB, 0).limit()))),
                of(
                                "batch",
                                "etl-nightly-28391-x7k2p",
                                "spark",
                                "sdb",
                                "contested",
                                new Four(4000, 4000, 0, 0),
                                new Four(2210, 1730, 120 * MIB, 96 * MIB),
                                "foreign",
                                Map.of(
                                        "detail",
                                        "somebody wrote riops 4000 three times in 5 min; left alone until 10:20"))
                        .wanting(new Four(500, 500, 0, 0)),
                of(
                        "media",
                        "transcode-6bd98c-4qkzt",
                        "ffmpeg",
                        "sdb",
                        "held",
                        new Four(0, 0, 0, 50 * MIB),
                        new Four(40, 330, 12 * MIB, 74 * MIB),
                        "annotation",
                        Map.of(
                                "origin",
                                "annotation iops-limit/write-bps",
                                "ineffective",
                                List.of(Map.of(
                                        "cause",
                                        "buffered_writes",
                                        "detail",
                                        "it writes through the page cache, which cgroup v1 does not charge to it")))),
                of(
                                "legacy",
                                "report-0",
                                "reporter",
                                "sdb",
                                "failed",
                                NONE,
                                new Four(30, 12, MIB, MIB / 2.0),
                                "none",
                                Map.of("detail", "the kernel refused 8:16 rbps=20971520: No such device"))
                        .wanting(new Four(0, 0, 20 * MIB, 0)),
                of(
                        "infra",
                        "registry-0",
                        "registry",
                        "sdb",
                        "foreign",
                        new Four(0, 0, 100 * MIB, 0),
                        new Four(55, 8, 22 * MIB, MIB),
                        "foreign",
                        Map.of("detail", "set before DiskGuard came")),
                of(
                        "web",
                        "frontend-7d9f4b-8xq2n",
                        "nginx",
                        "nvme0n1",
                        "unlimited",
                        NONE,
                        new Four(4, 11, MIB / 4.0, MIB / 3.0),
                        "none",
                        Map.of()),
                of(
                        "web",
                        "frontend-7d9f4b-mv5jd",
                        "nginx",
                        "nvme0n1",
                        "unlimited",
                        NONE,
                        new Four(3, 9, MIB / 5.0, MIB / 3.0),
                        "none",
                        Map.of()),
                of(
                                "web",
                                "api-5c7d8-2wplk",
                                "server",
                                "nvme0n1",
                                "pending",
                                NONE,
                                new Four(15, 60, MIB, 3 * MIB),
                                "none",
                                Map.of())
                        .wanting(new Four(500, 500, 0, 0)),
                of(
                        "logs",
                        "fluent-bit-9slzq",
                        "fluent-bit",
                        "sdb",
                        "held",
                        new Four(500, 500, 0, 0),
                        new Four(21, 210, MIB / 2.0, 9 * MIB),
                        "default",
                        Map.of("origin", "default container_iops_limit")),
                of(
                        "monitoring",
                        "prometheus-0",
                        "prometheus",
                        "nvme0n1",
                        "held",
                        new Four(3000, 3000, 0, 0),
                        new Four(80, 410, 3 * MIB, 26 * MIB),
                        "ceiling",
                        Map.of("origin", "ceiling max_iops_limit")));
    }
}
