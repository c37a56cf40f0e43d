/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import io.diskguard.benchmarks.result.Lines;
import io.diskguard.e2e.apiserver.Json;
import io.diskguard.e2e.churn.Checker;
import io.diskguard.e2e.churn.Report;
import io.diskguard.e2e.churn.Writes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What a soak has shown: a table as docs/performance.md has it, and what must hold. */
final class SoakVerdict {
    /** Below that a JVM still warms up. */
    private static final int JUDGED_MINUTES = 30;

    private static final double HEAP_RISE = 1;
    /** Threads that answer come when they are needed and go when they are not. */
    private static final double POOL = 4;
    /** What compiled code is part of: it grows for long, as ever more becomes hot, up to what the options allow. */
    private static final double UNJUDGED = Double.MAX_VALUE;

    private final Report report;
    private final List<SoakSample> samples;
    private final boolean judged;

    SoakVerdict(Report report, List<SoakSample> samples, int minutes) {
        this.report = report;
        this.samples = samples;
        judged = minutes >= JUDGED_MINUTES;
    }

    void flatness() {
        Lines.print("| each 10 s | second sixth, median | last sixth, median | slope an hour | lowest and highest | |");
        Lines.print("|---|---|---|---|---|---|");
        row("resident memory, MB", UNJUDGED, sample -> sample.status().residentMb());
        row("anonymous memory, MB", UNJUDGED, sample -> sample.status().anonymousMb());
        row("of it compiled code, MB", UNJUDGED, SoakSample::compiledMb);
        row("anonymous memory without it, MB", 3, sample -> sample.status().anonymousMb() - sample.compiledMb());
        row("threads", POOL, sample -> sample.status().threads());
        row("open descriptors", 1, sample -> sample.open().count());
        row("inotify watches", 10, sample -> sample.open().watches());
        var first = samples.get(0);
        var last = samples.get(samples.size() - 1);
        report.say(String.format(
                Locale.ROOT,
                "CPU: %.1f s a minute; peak of resident memory %.1f MB",
                (last.status().cpuSeconds() - first.status().cpuSeconds()) / (last.minute() - first.minute()),
                last.status().peakMb()));
    }

    private void row(String what, double rise, ToDoubleFunction<SoakSample> figure) {
        var flatness = Flatness.of(
                samples.stream().mapToDouble(SoakSample::minute).toArray(),
                samples.stream().mapToDouble(figure).toArray());
        var flat = flatness.within(rise);
        Lines.print(
                "| %s | %.1f | %.1f | %+.2f | %.1f to %.1f | %s |",
                what,
                flatness.early(),
                flatness.late(),
                flatness.hourly(),
                flatness.least(),
                flatness.most(),
                rise == UNJUDGED ? "" : !judged ? "too short to say" : flat ? "flat" : "rises by more than " + rise);
        if (judged && rise != UNJUDGED) {
            report.check(what + ": flat, within " + rise, flat, true);
        }
    }

    /** The same node at rest, before and after. */
    void rest(Soak.Rest before, Soak.Rest after) {
        var held = new TreeMap<>(before.held());
        var now = new TreeMap<>(after.held());
        held.merge("threads", (int) POOL, Integer::sum);
        now.replaceAll((what, count) -> Math.max(count, held.get(what)));
        report.say("at rest: " + before.held() + ", in the end " + after.held());
        report.check("no more is held at rest than before, or threads of a pool", now, held);
        Lines.print("| live heap at rest, MB | %.1f | %.1f | | | |", before.liveHeapMb(), after.liveHeapMb());
        if (judged) {
            report.check(
                    "live heap at rest within " + HEAP_RISE + " MB of what it was before",
                    after.liveHeapMb() - before.liveHeapMb() <= HEAP_RISE,
                    true);
        }
    }

    void limits(Checker checker, Map<String, List<Long>> latencies, SoakProcesses processes) throws IOException {
        report.say(checker.containers() + " containers seen, " + checker.looks() + " looks at the four limits of one");
        report.latencies(latencies);
        report.none("limits wrong for longer than allowed, or lifted or changed by a disturbance", checker.wrong());
        report.none("limits not exactly right in the end, of " + checker.size() + " containers", checker.unequal());
        try (var lines = Files.lines(processes.writes())) {
            var writes = Writes.of(lines.filter(line -> line.contains("\"AGENT\""))
                    .map(Json::read)
                    .toList());
            report.say("requests of the agent that change something: " + writes.counts());
            report.none("writes of the agent to anything but events and its own annotations", writes.others());
        }
    }

    void happened(SoakChanges changes, Scrapes scrapes) {
        report.say(String.format(
                Locale.ROOT,
                "%d changes of pods, %d configurations exchanged, %d of them broken, %d disturbances, %d of them outages",
                changes.changes(),
                changes.configurations(),
                changes.broken(),
                changes.disturbances(),
                changes.outages()));
        if (judged) {
            report.check(
                    "all of that happened",
                    changes.broken() > 0 && changes.outages() > 0 && changes.disturbances() >= SoakChanges.KINDS,
                    true);
        }
        scrapes.metrics("diskguard_config_reloads_total").forEach(report::say);
        report.say(scrapes.late() + " requests of HTTP were given up while the agent had no processor");
        report.check("requests of HTTP without an answer, beside " + scrapes.answers(), scrapes.unanswered(), 0L);
    }
}
