/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import static io.diskguard.agent.node.LiveNode.DATA;
import static io.diskguard.agent.node.LiveNode.LOGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.LiveNode;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.reload.Reload.Result;
import io.diskguard.testkit.Pods;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a configuration came to be what it is, it means what it means to an agent that starts with it. */
class LiveHistoryTest {
    private static final int HISTORIES = 12;
    private static final int CHANGES = 20;

    /** Of each key some values, not all of which are valid, or possible on this node. */
    private static final Map<String, List<Object>> VALUES = new TreeMap<>(Map.ofEntries(
            Map.entry("container_iops_limit", List.of(100, 0, "many")),
            Map.entry("container_read_iops_limit", List.of(150, "2k")),
            Map.entry("container_write_iops_limit", List.of(0, 250)),
            Map.entry("container_bps_limit", List.of("1Mi", "10M")),
            Map.entry("container_write_bps_limit", List.of("2Mi", 0, -1)),
            Map.entry("max_iops_limit", List.of(80, 5000)),
            Map.entry("max_bps_limit", List.of("1Mi", "4Mi")),
            Map.entry("data_mount", List.of("/logs", "/nowhere")),
            Map.entry("data_mounts", List.of("/logs", "/data,/logs", "/nowhere")),
            Map.entry("data_devices", List.of("sdb", "all", "sdz")),
            Map.entry("exclude_keywords", List.of("side", "app,side")),
            Map.entry("exclude_namespaces", List.of("shop", "default")),
            Map.entry("exclude_label_selector", List.of("tier=db", "tier notin (db)", "tier in")),
            Map.entry("exclude_regexps", List.of("^shop/web", "/app$", "(")),
            Map.entry("annotation_prefix", List.of("acme.io", "io-limit")),
            Map.entry("check_interval", List.of(10, "5m", "never")),
            Map.entry("cgroup_version", List.of("auto", "v2", "v1")),
            Map.entry("container_runtime", List.of("docker", "none")),
            Map.entry("smart_limit_enabled", List.of(true, false))));

    private static final List<Pod> PODS = List.of(
            Pods.pod("db")
                    .label("tier", "db")
                    .container("app")
                    .container("side")
                    .build(),
            Pods.pod("web")
                    .namespace("shop")
                    .annotation("iops-limit/iops", "70")
                    .annotation("acme.io/read-iops", "90")
                    .container("app")
                    .build(),
            Pods.pod("free")
                    .annotation("iops-limit/removed", "true")
                    .container("app")
                    .build());

    @TempDir
    Path directory;

    @Test
    void afterAnyChangesTheKernelIsAsAfterAStart() throws AgentException {
        for (var seed = 0; seed < HISTORIES; seed++) {
            var keys = new TreeMap<String, Object>();
            final Map<String, String> lived;
            try (var node = start("lived-" + seed, keys)) {
                live(node, keys, new Random(seed));
                lived = limits(node);
            }
            try (var node = start("fresh-" + seed, keys)) {
                assertThat(lived).as("history %d, to %s", seed, keys).isEqualTo(limits(node));
            }
        }
    }

    private LiveNode start(String name, Map<String, Object> keys) throws AgentException {
        return new LiveNode(directory.resolve(name), true, keys).run(PODS.toArray(Pod[]::new));
    }

    /** Changes keys one after the other, and takes back what is not taken. */
    private static void live(LiveNode node, Map<String, Object> keys, Random random) {
        var names = List.copyOf(VALUES.keySet());
        for (var i = 0; i < CHANGES; i++) {
            var key = names.get(random.nextInt(names.size()));
            var values = VALUES.get(key);
            var value = values.get(random.nextInt(values.size()));
            if (value.equals(keys.get(key))) {
                keys.remove(key);
                takeBack(node, key, keys);
                continue;
            }
            var before = limits(node);
            var result = node.set(key, value).result();
            if (result == Result.APPLIED || result == Result.UNCHANGED) {
                keys.put(key, value);
                continue;
            }
            assertThat(limits(node)).as("%s: %s was not taken", key, value).isEqualTo(before);
            takeBack(node, key, keys);
            assertThat(limits(node)).isEqualTo(before);
        }
    }

    private static void takeBack(LiveNode node, String key, Map<String, Object> keys) {
        if (keys.containsKey(key)) {
            node.set(key, keys.get(key));
        } else if (key.equals("data_mount")) {
            node.set(key, "/data");
        } else {
            node.unset(key);
        }
    }

    private static Map<String, String> limits(LiveNode node) {
        var all = new TreeMap<String, String>();
        for (var pod : PODS) {
            pod.containers().stream().flatMap(it -> it.id().stream()).forEach(id -> {
                all.put(id + " /data", limit(node, id, true));
                all.put(id + " /logs", limit(node, id, false));
            });
        }
        return all;
    }

    private static String limit(LiveNode node, ContainerId container, boolean data) {
        return node.limit(container, data ? DATA : LOGS);
    }
}
