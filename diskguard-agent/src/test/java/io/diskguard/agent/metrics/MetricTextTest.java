/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MetricTextTest {
    private static final Family READS = Family.counter("reads", "Reads.", "pod");

    private final StringWriter out = new StringWriter();

    @Test
    void aCounterIsWrittenInPrometheussForm() throws IOException {
        var text = new MetricText(out, false);
        text.begin(READS, 2);
        text.label("pod", "db").label("disk", "sda").value(7);

        assertThat(out)
                .hasToString(
                        "# HELP reads_total Reads.\n# TYPE reads_total counter\nreads_total{pod=\"db\",disk=\"sda\"} 7\n");
    }

    @Test
    void aCounterIsNamedWithoutItsEndingInOpenMetrics() throws IOException {
        var text = new MetricText(out, true);
        text.begin(READS, 2);
        text.label("pod", "db").value(7);

        assertThat(out).hasToString("# TYPE reads counter\n# HELP reads Reads.\nreads_total{pod=\"db\"} 7\n");
    }

    @Test
    void nothingInANameEndsItsLine() throws IOException {
        var text = new MetricText(out, false);
        text.begin(READS, 2);
        text.label("pod", "a\"} 1\nb\\").value(7);

        assertThat(out.toString()).endsWith("\nreads_total{pod=\"a\\\"} 1\\nb\\\\\"} 7\n");
    }

    @Test
    void whatIsTooMuchIsLeftOutAndCounted() throws IOException {
        var text = new MetricText(out, false);
        text.begin(READS, 2);
        for (var i = 0; i < 5; i++) {
            text.label("pod", "pod-" + i).value(i);
        }

        assertThat(text.dropped()).isEqualTo(3);
        assertThat(out.toString().lines()).hasSize(4).last().isEqualTo("reads_total{pod=\"pod-1\"} 1");
    }
}
