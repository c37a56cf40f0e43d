/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What of {@code /metrics/cadvisor} is read (cAdvisor {@code lib/metrics/prometheus.go}). Operations have no device number:
 * only {@code container_blkio_device_usage_total}, which counts bytes, says which number a device's name stands for. A
 * container that did no IO has no row but those that every container has.
 */
enum Metric {
    READS("container_fs_reads_total"),
    WRITES("container_fs_writes_total"),
    READ_BYTES("container_fs_reads_bytes_total"),
    WRITTEN_BYTES("container_fs_writes_bytes_total"),
    BY_NUMBER("container_blkio_device_usage_total"),
    /** Its timestamp is the scrape's, not the counters'. */
    SEEN("container_last_seen"),
    STARTED("container_start_time_seconds");

    private static final Metric[] ALL = values();
    private static final byte[] COMMON = "container_".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;

    Metric(String text) {
        this.bytes = text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The metric of a line up to its labels; null for the many that are not read. */
    static @Nullable Metric of(byte[] line, int from, int to) {
        if (to - from < COMMON.length + 2 || !startsWith(line, from, COMMON)) {
            return null;
        }
        // Of every hundred lines three are read: the first letter tells most of the others.
        var letter = line[from + COMMON.length];
        if (letter != 'f' && letter != 'b' && letter != 'l' && letter != 's') {
            return null;
        }
        for (var metric : ALL) {
            var end = from + metric.bytes.length;
            if (end < to && line[end] == '{' && startsWith(line, from, metric.bytes)) {
                return metric;
            }
        }
        return null;
    }

    int length() {
        return bytes.length;
    }

    private static boolean startsWith(byte[] line, int from, byte[] text) {
        if (line.length - from < text.length) {
            return false;
        }
        // From its end: the beginnings are alike.
        for (var i = text.length - 1; i >= 0; i--) {
            if (line[from + i] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
