/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import io.diskguard.e2e.apiserver.PodTemplate.ContainerTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/** Pods that a node may have, the same ones for the same seed: one to three containers, every third with limits of its own. */
public final class SamplePods {
    private static final List<String> QOS = List.of("Guaranteed", "Burstable", "Burstable", "BestEffort");

    private final Random random;
    private final String node;

    public SamplePods(String node, long seed) {
        this.node = node;
        this.random = new Random(seed);
    }

    public PodTemplate next(int number) {
        var app = List.of("web", "db", "queue", "batch", "cache").get(number % 5);
        var labels = new TreeMap<>(Map.of("app", app, "pod-template-hash", hex(5), "team", "team-" + number % 7));
        var annotations = new TreeMap<>(Map.of(
                "prometheus.io/scrape", "true",
                "prometheus.io/port", "8080",
                "checksum/config", hex(32),
                "kubectl.kubernetes.io/restartedAt", "2026-11-19T10:00:00Z"));
        if (number % 3 == 0) {
            annotations.put("iops-limit/read-iops", String.valueOf(100 + random.nextInt(900)));
            annotations.put("iops-limit/write-iops", String.valueOf(100 + random.nextInt(900)));
        }
        var containers = new ArrayList<ContainerTemplate>();
        var names = List.of(app, "metrics", "backup");
        for (var i = 0; i <= number % 3; i++) {
            containers.add(
                    new ContainerTemplate(names.get(i), "registry.example/" + names.get(i) + ":1." + number, hex(32)));
        }
        return new PodTemplate(
                "ns-" + number % 6,
                app + "-" + number,
                uid(),
                node,
                QOS.get(number % QOS.size()),
                labels,
                annotations,
                containers);
    }

    public String uid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    public String hex(int bytes) {
        var text = new StringBuilder();
        for (var i = 0; i < bytes; i++) {
            text.append(String.format(Locale.ROOT, "%02x", random.nextInt(256)));
        }
        return text.toString();
    }

    /** Where the kubelet's cgroupfs driver has each container of the pod, relative to the hierarchy or to {@code --cgroup-root}. */
    public static List<String> cgroups(PodTemplate pod) {
        var qos =
                switch (pod.qos()) {
                    case "Guaranteed" -> "";
                    default -> pod.qos().toLowerCase(Locale.ROOT) + "/";
                };
        return pod.containers().stream()
                .map(container -> "kubepods/" + qos + "pod" + pod.uid() + "/" + container.id())
                .toList();
    }
}
