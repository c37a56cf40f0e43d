/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.neighbour;

import io.diskguard.e2e.neighbour.Experiment.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A picture of it: the victim's latency above, operations of both below, over the time. In colours that follow the reader's.
 *
 * @param times when neighbour, smart limit, and limit came, and the end, after the begin, in seconds
 * @param limit in words
 */
record Plot(List<Row> rows, List<Double> times, String limit) {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 520;
    private static final int LEFT = 74;
    private static final int RIGHT = 840;
    private static final Panel LATENCY = new Panel(92, 258, 0.1, 100, true);
    private static final Panel OPERATIONS = new Panel(304, 464, 0, 3000, false);
    private static final String STYLE = """
            <style>
            text { font: 13px system-ui, sans-serif; fill: #1f2328; } .soft { fill: #59636e; font-size: 12px; }
            .title { font-size: 16px; font-weight: 600; } .head { font-weight: 600; } .end { text-anchor: end; } .middle { text-anchor: middle; }
            .paper { fill: #ffffff; } .band { fill: #f3f5f7; } .grid { stroke: #d1d9e0; } .phase { stroke: #59636e; stroke-dasharray: 4 3; }
            .p99, .p50, .other { fill: none; stroke-width: 2; stroke-linejoin: round; }
            .p99 { stroke: #b3470e; } .p50 { stroke: #0b62c4; } .other { stroke: #6b7783; }
            @media (prefers-color-scheme: dark) {
            text { fill: #f0f6fc; } .soft { fill: #9aa4af; }
            .paper { fill: #0d1117; } .band { fill: #161c24; } .grid { stroke: #3d444d; } .phase { stroke: #9aa4af; }
            .p99 { stroke: #ff9a57; } .p50 { stroke: #64acff; } .other { stroke: #a1abb5; } }
            </style>
            """;

    /** A field of the picture and what its height means. */
    private record Panel(int top, int bottom, double least, double most, boolean logarithmic) {
        double y(double value) {
            var part = logarithmic
                    ? Math.log(Math.max(value, least) / least) / Math.log(most / least)
                    : Math.min(value, most) / most;
            return bottom - part * (bottom - top);
        }
    }

    String svg() {
        var parts = new ArrayList<String>();
        parts.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">"
                        .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT));
        parts.add(
                "<title>A container on a disk of 3,000 operations a second: alone, with a noisy neighbour, and with smart limit</title>");
        parts.add(STYLE.strip());
        parts.add("<rect width=\"%d\" height=\"%d\" class=\"paper\"/>".formatted(WIDTH, HEIGHT));
        parts.add(text(
                LEFT - 56, 26, "title", "A container and its noisy neighbour, on a disk of 3,000 operations a second"));
        phases(parts);
        panel(parts, LATENCY, "Latency of the container, ms (logarithmic)", 0.1, 1, 10, 100);
        panel(parts, OPERATIONS, "Operations a second", 0, 1000, 2000, 3000);
        for (int second = 0; second <= end(); second += 10) {
            parts.add(text(x(second), OPERATIONS.bottom + 18, "soft middle", second + " s"));
        }
        curve(parts, LATENCY, "p99", row -> row.victim().p99() / 1e3);
        curve(parts, LATENCY, "p50", row -> row.victim().p50() / 1e3);
        curve(parts, OPERATIONS, "other", Row::neighbour);
        curve(parts, OPERATIONS, "p50", row -> row.victim().iops());
        key(parts, LEFT, "p99", "the container's 99th percentile");
        key(parts, LEFT + 246, "p50", "the container: median, operations");
        key(parts, LEFT + 522, "other", "its neighbour: operations");
        parts.add("</svg>");
        return String.join("\n", parts) + "\n";
    }

    private void phases(List<String> parts) {
        parts.add("<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" class=\"band\"/>"
                .formatted(x(times.get(1)), 44, x(times.get(3)) - x(times.get(1)), OPERATIONS.bottom - 44));
        for (var at : times.subList(1, 4)) {
            parts.add("<line class=\"phase\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"44\" y2=\"%2$d\"/>"
                    .formatted(x(at), OPERATIONS.bottom));
        }
        parts.add(text((x(0) + x(times.get(1))) / 2, 62, "head middle", "alone"));
        parts.add(text((x(times.get(1)) + x(times.get(2))) / 2, 62, "head middle", "with a neighbour"));
        parts.add(text((x(times.get(3)) + x(end())) / 2, 62, "head middle", limit));
        parts.add(text(x(times.get(2)) - 4, OPERATIONS.top - 30, "soft end", "smart limit switched on"));
        parts.add(text(x(times.get(3)) + 4, OPERATIONS.top - 30, "soft", "limit set"));
    }

    private void panel(List<String> parts, Panel panel, String what, double... marks) {
        for (var mark : marks) {
            parts.add("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%3$.1f\" y2=\"%3$.1f\"/>"
                    .formatted(LEFT, RIGHT, panel.y(mark)));
            var number = mark == Math.rint(mark) ? String.format(Locale.ROOT, "%,.0f", mark) : Double.toString(mark);
            parts.add(text(LEFT - 8, panel.y(mark) + 4, "soft end", number));
        }
        parts.add(text(LEFT + 4, panel.top - 6, "soft", what));
    }

    private void curve(List<String> parts, Panel panel, String colour, ToDoubleFunction<Row> value) {
        var path = new StringBuilder();
        for (var row : rows) {
            var number = value.applyAsDouble(row);
            if (!Double.isNaN(number)) {
                path.append(path.isEmpty() ? "M" : "L")
                        .append(String.format(Locale.ROOT, "%.1f %.1f", x(row.second() + 0.5), panel.y(number)));
            }
        }
        parts.add("<path d=\"%s\" class=\"%s\"/>".formatted(path, colour));
    }

    private void key(List<String> parts, double x, String colour, String what) {
        parts.add("<line x1=\"%.0f\" x2=\"%.0f\" y1=\"501\" y2=\"501\" class=\"%s\"/>".formatted(x, x + 22, colour));
        parts.add(text(x + 30, 505, "", what));
    }

    private static String text(double x, double y, String kind, String words) {
        return "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>".formatted(x, y, kind, words);
    }

    private double x(double second) {
        return LEFT + second / end() * (RIGHT - LEFT);
    }

    private double end() {
        return times.get(times.size() - 1);
    }
}
