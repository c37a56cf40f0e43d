/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.browser;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the API tells beside the containers, made up. */
final class FixedParts {
    private static final long MIB = 1024 * 1024;

    private FixedParts() {}

    static Map<String, Object> info(Instant now, int containers, int limited) {
        var info = new LinkedHashMap<String, Object>();
        info.put("service", "diskguard");
        info.put("version", "0.1.0");
        info.put("java", "17.0.15");
        info.put("node", "worker-3");
        info.put("started_at", FixedNode.START.minusSeconds(93600).toString());
        info.put("timestamp", now.toString());
        info.put("cgroup_version", 2);
        info.put("cgroup_mount", "/sys/fs/cgroup");
        info.put("driver", "cgroup-v2");
        info.put("pod_source", "kubernetes");
        info.put("monitored_containers", containers);
        info.put("limited_containers", limited);
        info.put("pods", containers);
        info.put("smart_limit", "enforce");
        info.put("sampling_interval_seconds", 15);
        info.put("endpoints", List.of("/api/v1/containers", "/api/v1/info"));
        return info;
    }

    static Map<String, Object> health(String status, Instant now) {
        return Map.of(
                "service",
                "diskguard",
                "status",
                status,
                "timestamp",
                now.toString(),
                "version",
                "0.1.0",
                "checks",
                List.of(
                        check("loop", true, "the last turn was 3 s ago"),
                        check("pods", true, "list complete, watching since 26 h"),
                        check("driver", true, "cgroup v2 at /sys/fs/cgroup, controller io delegated"),
                        check(
                                "disks",
                                status.equals("healthy"),
                                status.equals("healthy") ? "all found" : "device /dev/sdc: there is no such device"),
                        check("configuration", true, "in force since 09:12")));
    }

    private static Map<String, Object> check(String name, boolean ok, String detail) {
        return Map.of("name", name, "ok", ok, "detail", detail);
    }

    static List<Map<String, Object>> problems() {
        return List.of(
                problem(
                        "error",
                        "limit_failed",
                        "legacy/report-0 container reporter on sdb",
                        "the kernel refused 8:16 rbps=20971520: No such device",
                        "See whether the disk was taken away; diskguard doctor names the disks that can be limited."),
                problem(
                        "error",
                        "check_failed",
                        "disks",
                        "device /dev/sdc: there is no such device",
                        "Remove it from data_devices, or attach the disk."),
                problem(
                        "warning",
                        "limit_ineffective",
                        "media/transcode-6bd98c-4qkzt container ffmpeg on sdb",
                        "it writes through the page cache, which cgroup v1 does not charge to it",
                        "Have it write with O_DIRECT, or run the node with cgroup v2."));
    }

    private static Map<String, Object> problem(
            String severity, String what, String subject, String detail, String toDo) {
        return Map.of("severity", severity, "what", what, "subject", subject, "detail", detail, "to_do", toDo);
    }

    static List<Map<String, Object>> disks(Instant now) {
        return List.of(
                disk(
                        "nvme0n1",
                        "259:0",
                        .62,
                        new FixedContainer.Four(2110, 2260, 66.0 * MIB, 92.0 * MIB),
                        "mount /data",
                        now),
                disk(
                        "sdb",
                        "8:16",
                        .97,
                        new FixedContainer.Four(2380, 2340, 161.0 * MIB, 188.0 * MIB),
                        "mount /var/lib/containerd",
                        now));
    }

    private static Map<String, Object> disk(
            String device, String number, double busy, FixedContainer.Four does, String where, Instant now) {
        var history = IntStream.range(0, 60)
                .mapToObj(i -> {
                    var point = new LinkedHashMap<String, Object>();
                    point.put("timestamp", now.minusSeconds(60L * (59 - i)).toString());
                    point.put("utilization", busy * (.6 + .35 * Math.sin(i / 7.0)));
                    point.putAll(does.rates(60 * i, 3, new FixedContainer.Four(0, 0, 0, 0)));
                    return point;
                })
                .toList();
        return Map.of(
                "device",
                device,
                "number",
                number,
                "utilization",
                busy,
                "rates",
                does.rates(0, 3, does),
                "where",
                List.of(where),
                "history",
                history);
    }

    static List<Map<String, Object>> decisions(Instant now) {
        var strict = new FixedContainer.Four(1200, 0, 60.0 * MIB, 0).limit();
        var loose = new FixedContainer.Four(1600, 0, 90.0 * MIB, 0).limit();
        return List.of(
                decision(
                        now.minusSeconds(1260),
                        "enforce",
                        "update",
                        "shop/search-1/elasticsearch",
                        "nvme0n1",
                        "30m",
                        "30m[ReadIOPS:0.93>0.80]",
                        Map.of("before", loose, "after", strict)),
                decision(
                        now.minusSeconds(3000),
                        "enforce",
                        "apply",
                        "shop/search-1/elasticsearch",
                        "nvme0n1",
                        "15m",
                        "15m[ReadBPS:0.88>0.80]",
                        Map.of("after", loose)),
                decision(
                        now.minusSeconds(5400),
                        "shadow",
                        "no-effect",
                        "shop/db-0/postgres",
                        "nvme0n1",
                        "15m",
                        "15m[WriteIOPS:0.86>0.80]",
                        Map.of("after", strict)),
                decision(
                        now.minusSeconds(9000),
                        "enforce",
                        "release",
                        "logs/fluent-bit-9slzq/fluent-bit",
                        "sdb",
                        "60m",
                        "below 0.60 for 15 min",
                        Map.of("before", new FixedContainer.Four(0, 300, 0, 0).limit())));
    }

    private static Map<String, Object> decision(
            Instant at,
            String mode,
            String kind,
            String subject,
            String device,
            String window,
            String reason,
            Map<String, ?> limits) {
        var names = subject.split("/");
        var decision = new LinkedHashMap<String, Object>();
        decision.put("at", at.toString());
        decision.put("mode", mode);
        decision.put("kind", kind);
        decision.put("namespace", names[0]);
        decision.put("pod_name", names[1]);
        decision.put("container", names[2]);
        decision.put("device", device);
        decision.put("window", window);
        decision.put("reason", reason);
        decision.putAll(limits);
        return decision;
    }

    static Map<String, Object> config(Instant now) {
        var waiting = change("http_address", "0.0.0.0:2112", "127.0.0.1:2112", false);
        var status = new LinkedHashMap<String, Object>();
        status.put("result", "applied");
        status.put("good", true);
        status.put("at", now.minusSeconds(2880).toString());
        status.put("since", now.minusSeconds(2880).toString());
        status.put("message", "");
        status.put("problems", List.of());
        status.put("problem_count", 0);
        status.put("warnings", List.of());
        status.put("waiting", List.of(waiting));
        return Map.of(
                "status",
                status,
                "keys",
                List.of(
                        key("container_iops_limit", "500", "/etc/diskguard/config.yaml", "500", true),
                        key("smart_limit_enabled", "true", "/etc/diskguard/config.yaml", "false", true),
                        key("check_interval", "30", "default", "30", true),
                        key("kubelet_token", "***", "environment KUBELET_TOKEN", "", true),
                        key("http_address", "0.0.0.0:2112", "default", "0.0.0.0:2112", false)));
    }

    private static Map<String, Object> key(String key, String value, String origin, String unset, boolean live) {
        return Map.of(
                "key",
                key,
                "value",
                value,
                "origin",
                origin,
                "default",
                unset,
                "live",
                live,
                "meaning",
                "what it means");
    }

    private static Map<String, Object> change(String key, String before, String after, boolean live) {
        return Map.of(
                "key", key, "before", before, "after", after, "origin", "/etc/diskguard/config.yaml", "live", live);
    }

    static List<Map<String, Object>> history(Instant now) {
        return List.of(
                entry(
                        3,
                        now.minusSeconds(2880),
                        "applied",
                        "",
                        List.of(
                                change("container_iops_limit", "400", "500", true),
                                change("http_address", "0.0.0.0:2112", "127.0.0.1:2112", false))),
                entry(
                        2,
                        now.minusSeconds(4200),
                        "rejected",
                        "container_iops_limit is \"many\", expected a whole number from 0",
                        List.of()),
                entry(
                        1,
                        now.minusSeconds(50000),
                        "applied",
                        "",
                        List.of(change("smart_limit_enabled", "", "true", true))),
                entry(0, now.minusSeconds(93600), "started", "", List.of()));
    }

    private static Map<String, Object> entry(int number, Instant at, String result, String message, List<?> changes) {
        return Map.of(
                "number",
                number,
                "at",
                at.toString(),
                "result",
                result,
                "took_ms",
                12,
                "message",
                message,
                "sources",
                List.of("/etc/diskguard/config.yaml"),
                "changes",
                changes);
    }
}
