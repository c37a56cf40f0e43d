/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.deploy;

import io.diskguard.agent.metrics.ExportedMetrics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Metrics that a rule or a panel may ask for: the agent's own, and those of others that it names on purpose. */
final class KnownMetrics {
    /** Of the target, or of the rule. */
    static final Set<String> OF_THE_TARGET = Set.of("job", "instance", "node");

    /** Of Prometheus, kube-state-metrics, node_exporter and cAdvisor, with the labels that are used. */
    private static final Map<String, Set<String>> OTHERS = others();

    private KnownMetrics() {}

    /** Every series that a query can ask for, with its labels; those of a histogram too. */
    static Map<String, Set<String>> series() {
        var series = new TreeMap<>(OTHERS);
        series.putAll(ExportedMetrics.families());
        for (var name : ExportedMetrics.histograms()) {
            series.put(name + "_bucket", Set.of("le"));
            series.put(name + "_count", Set.of());
            series.put(name + "_sum", Set.of());
        }
        // Recorded in alerts.yaml
        for (var kind : Set.of("operations", "bytes")) {
            var labels = series.get("diskguard_container_io_" + kind + "_total");
            series.put("diskguard:container_io_" + kind + ":rate5m", labels);
            series.put("diskguard:container_" + kind + "_limit:usage", labels);
        }
        return series;
    }

    private static Map<String, Set<String>> others() {
        var container = Set.of("namespace", "pod", "container", "device");
        var device = Set.of("device");
        var alert = new TreeSet<>(container);
        alert.addAll(Set.of("alertname", "alertstate", "severity", "reason", "cause", "check"));
        return Map.of(
                "up", Set.of(),
                "ALERTS", alert,
                "kube_daemonset_status_number_unavailable", Set.of("namespace", "daemonset"),
                "node_disk_info", Set.of("device", "major", "minor", "model", "serial"),
                "node_disk_read_time_seconds_total", device,
                "node_disk_reads_completed_total", device,
                "node_disk_written_bytes_total", device,
                "container_fs_writes_total", container,
                "container_pressure_io_waiting_seconds_total", container);
    }
}
