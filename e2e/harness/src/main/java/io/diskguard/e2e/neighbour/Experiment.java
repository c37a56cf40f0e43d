/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.neighbour;

import io.diskguard.e2e.neighbour.Ios.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the victim felt, of fio's logs. Arguments: the victim's log, the neighbour's, what the limit was in words, a file for each second's
 * figures, one for the picture, and when, in milliseconds since the epoch: the victim began, the neighbour began, smart limit began, the limit
 * was set, all ended. Prints for each phase the victim's operations a second, p50 and p99 in microseconds, and the neighbour's operations.
 */
record Experiment(Ios victim, Ios neighbour, List<Long> times) {
    private static final int SECOND = 1000;
    /** What is left out at a phase's begin and end: a change takes its time. */
    private static final int SETTLE = 2 * SECOND;

    private static final List<String> PHASES = List.of("alone", "neighbour", "deciding", "limited");

    /** One second of it: operations a second, microseconds. */
    record Row(int second, Summary victim, double neighbour) {}

    public static void main(String[] args) throws IOException {
        var times = new ArrayList<Long>();
        for (int i = 5; i < args.length; i++) {
            times.add(Long.parseLong(args[i]));
        }
        var experiment = new Experiment(Ios.read(Path.of(args[0])), Ios.read(Path.of(args[1])), times);
        var rows = experiment.rows();
        Files.writeString(Path.of(args[3]), csv(rows));
        Files.writeString(Path.of(args[4]), new Plot(rows, experiment.seconds(), args[2]).svg());
        for (var phase : List.of(0, 1, 3)) {
            var from = times.get(phase) + SETTLE;
            var to = times.get(phase + 1) - SECOND;
            var victim = experiment.victim.between(from, to);
            System.out.println(String.format(
                    Locale.ROOT,
                    "%s %.0f %.0f %.0f %.0f",
                    PHASES.get(phase),
                    victim.iops(),
                    victim.p50(),
                    victim.p99(),
                    experiment.neighbour.between(from, to).iops()));
        }
    }

    private List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (long at = begin(); at + SECOND <= times.get(times.size() - 1); at += SECOND) {
            rows.add(new Row(
                    rows.size(),
                    victim.between(at, at + SECOND),
                    neighbour.between(at, at + SECOND).iops()));
        }
        return rows;
    }

    /** The phases' begins and the end, since the begin. */
    private List<Double> seconds() {
        return times.stream().map(time -> (time - begin()) / (double) SECOND).toList();
    }

    private long begin() {
        return times.get(0);
    }

    private static String csv(List<Row> rows) {
        var text = new StringBuilder("second,victim_iops,victim_p50_us,victim_p99_us,neighbour_iops\n");
        for (var row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%d,%.0f,%.0f,%.0f,%.0f%n",
                    row.second,
                    row.victim.iops(),
                    row.victim.p50(),
                    row.victim.p99(),
                    row.neighbour));
        }
        return text.toString();
    }
}
