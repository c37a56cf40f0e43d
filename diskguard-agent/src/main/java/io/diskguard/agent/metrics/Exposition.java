/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import io.diskguard.agent.http.Page;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The only class that knows the library, which so is loaded with the first scrape and never where nobody scrapes. */
final class Exposition {
    private static final int OK = 200;
    /** Accepted, and not by q=0 refused. */
    private static final Pattern OPEN_METRICS =
            Pattern.compile("(?i)application/openmetrics-text(?![^,]*;\\s*q=0(\\.0*)?\\s*(,|;|$))");

    private Exposition() {}

    /** In OpenMetrics where the client accepts it, else as Prometheus's own text. */
    static Page page(List<Series.Reading> readings, String accepted) {
        var formats = ExpositionFormats.init();
        // Protocol buffers would need a library more, and nobody has to have them
        var writer = OPEN_METRICS.matcher(accepted).find()
                ? formats.getOpenMetricsTextFormatWriter()
                : formats.getPrometheusTextFormatWriter();
        var out = new ByteArrayOutputStream();
        try {
            writer.write(out, snapshots(readings), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Page(OK, writer.getContentType(), out.toString(StandardCharsets.UTF_8));
    }

    private static MetricSnapshots snapshots(List<Series.Reading> readings) {
        return new MetricSnapshots(readings.stream().map(Exposition::snapshot).toList());
    }

    private static MetricSnapshot snapshot(Series.Reading reading) {
        var family = reading.family();
        if (family.counter()) {
            var counter = CounterSnapshot.builder().name(family.name()).help(family.help());
            reading.values()
                    .forEach((labels, value) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                            .labels(Labels.of(family.labels(), labels))
                            .value(value)
                            .build()));
            return counter.build();
        }
        var gauge = GaugeSnapshot.builder().name(family.name()).help(family.help());
        reading.values()
                .forEach((labels, value) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of(family.labels(), labels))
                        .value(value)
                        .build()));
        return gauge.build();
    }
}
