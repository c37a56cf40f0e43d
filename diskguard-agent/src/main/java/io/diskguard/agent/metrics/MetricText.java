/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes values as they come, in the form that Prometheus's text and OpenMetrics have in common: thousands of them pass through it
 * without being held. The source of the form: Prometheus, "Exposition formats"; OpenMetrics 1.0. Not thread-safe.
 */
final class MetricText {
    private final Writer out;
    private final boolean open;
    private String name = "";
    private int left;
    private long dropped;
    private boolean labelled;

    /** @param open whether it is OpenMetrics */
    MetricText(Writer out, boolean open) {
        this.out = out;
        this.open = open;
    }

    /** Begins a metric of whole numbers. */
    void begin(Family family, int most) throws IOException {
        name = family.fullName();
        left = most;
        dropped = 0;
        labelled = false;
        var told = open ? family.name() : name;
        if (open) {
            type(told, family);
        }
        out.append("# HELP ").append(told).append(' ').append(family.help()).append('\n');
        if (!open) {
            type(told, family);
        }
    }

    private void type(String told, Family family) throws IOException {
        out.append("# TYPE ")
                .append(told)
                .append(' ')
                .append(family.kind().name().toLowerCase(Locale.ROOT))
                .append('\n');
    }

    MetricText label(String label, String value) throws IOException {
        if (left > 0) {
            if (!labelled) {
                out.append(name);
            }
            out.append(labelled ? ',' : '{').append(label).append("=\"");
            escaped(value);
            out.append('"');
            labelled = true;
        }
        return this;
    }

    /** Ends the value, whose labels were given. */
    void value(long value) throws IOException {
        if (left > 0) {
            out.append("} ").append(Long.toString(value)).append('\n');
            labelled = false;
            left--;
        } else {
            dropped++;
        }
    }

    /** How many values of the metric were left out. */
    long dropped() {
        return dropped;
    }

    private void escaped(String value) throws IOException {
        if (value.indexOf('"') < 0 && value.indexOf('\\') < 0 && value.indexOf('\n') < 0) {
            out.append(value);
            return;
        }
        for (var i = 0; i < value.length(); i++) {
            var one = value.charAt(i);
            switch (one) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                default -> out.append(one);
            }
        }
    }
}
