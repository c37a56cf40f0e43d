/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import io.diskguard.agent.http.Page;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/** The only class that knows the library, which so is loaded with the first scrape and never where nobody scrapes. */
final class Exposition {
    private static final int OK = 200;
    /** Accepted, and not by q=0 refused. */
    private static final Pattern OPEN_METRICS =
            Pattern.compile("(?i)application/openmetrics-text(?![^,]*;\\s*q=0(\\.0*)?\\s*(,|;|$))");

    private Exposition() {}

    /**
     * In OpenMetrics where the client accepts it, else as Prometheus's own text.
     *
     * @param rest what is to be told after the containers, handed how many values of those were left out
     */
    static Page page(
            ContainerMetrics containers,
            LongFunction<List<Reading>> rest,
            List<Histogram> histograms,
            String accepted) {
        var formats = ExpositionFormats.init();
        var open = OPEN_METRICS.matcher(accepted).find();
        // Protocol buffers would need a library more, and nobody has to have them
        var writer = open ? formats.getOpenMetricsTextFormatWriter() : formats.getPrometheusTextFormatWriter();
        return new Page(OK, writer.getContentType(), out -> {
            var text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            var dropped = containers.writeTo(new MetricText(text, open));
            text.flush();
            writer.write(out, snapshots(rest.apply(dropped), histograms), EscapingScheme.UNDERSCORE_ESCAPING);
        });
    }

    private static MetricSnapshots snapshots(List<Reading> readings, List<Histogram> histograms) {
        var all = new ArrayList<MetricSnapshot>();
        readings.forEach(reading -> all.add(snapshot(reading)));
        histograms.forEach(histogram -> all.add(snapshot(histogram)));
        return new MetricSnapshots(all);
    }

    private static MetricSnapshot snapshot(Reading reading) {
        var family = reading.family();
        var metadata = new MetricMetadata(family.name(), family.help());
        var names = family.labels().toArray(String[]::new);
        if (family.kind() == Family.Kind.COUNTER) {
            var points =
                    new ArrayList<CounterDataPointSnapshot>(reading.points().size());
            reading.points()
                    .forEach(point ->
                            points.add(new CounterDataPointSnapshot(point.value(), labels(names, point), null, 0)));
            return new CounterSnapshot(metadata, points);
        }
        var points = new ArrayList<GaugeDataPointSnapshot>(reading.points().size());
        reading.points()
                .forEach(point -> points.add(new GaugeDataPointSnapshot(point.value(), labels(names, point), null)));
        return new GaugeSnapshot(metadata, points);
    }

    private static Labels labels(String[] names, Reading.Point point) {
        return names.length == 0
                ? Labels.EMPTY
                : Labels.of(names, point.labels().toArray(String[]::new));
    }

    private static MetricSnapshot snapshot(Histogram histogram) {
        var family = histogram.family();
        var buckets = ClassicHistogramBuckets.of(histogram.bounds(), histogram.counts());
        return new HistogramSnapshot(
                new MetricMetadata(family.name(), family.help()),
                List.of(new HistogramDataPointSnapshot(buckets, histogram.sum(), Labels.EMPTY, Exemplars.EMPTY, 0)));
    }
}
