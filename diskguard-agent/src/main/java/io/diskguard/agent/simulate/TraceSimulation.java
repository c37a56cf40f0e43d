/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.agent.trace.Entry;
import io.diskguard.agent.trace.TraceReader;
import io.diskguard.config.GuardConfig;
import io.diskguard.spi.LimitPolicy;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Replays traces against a configuration. Once only; not thread-safe. */
public final class TraceSimulation {
    private static final Pattern KNOWN_DISK = Pattern.compile("(/dev/)?[^/]+");

    private final GuardConfig config;
    private final Scope scope;
    private final Ledger ledger;
    private final Replay replay;
    private final Progress progress;
    private boolean isCut;

    /** @param all whether containers are told of about which nothing was decided */
    public TraceSimulation(
            GuardConfig config, List<LimitPolicy> policies, Scope scope, boolean all, Progress progress) {
        this.config = config;
        this.scope = scope;
        this.progress = progress;
        var pods = new TracedPods(config, policies);
        ledger = new Ledger(pods, scope, all, config.smart().monitorInterval());
        replay = new Replay(config, pods, ledger);
    }

    /** Hears of each round that is replayed. */
    public interface Progress {
        /** It is at that time now. */
        void at(Instant time);

        /** Something else is going to be told. */
        void quiet();
    }

    /**
     * Replays the next trace behind those before.
     *
     * @throws IOException if it is none, or the report cannot be written
     */
    public void replay(TraceReader trace, Report report) throws IOException {
        for (var entry = trace.next(); entry.isPresent(); entry = trace.next()) {
            if (entry.get() instanceof Entry.Sampling sampling) {
                var time = sampling.round().at().instant();
                if (scope.isAfter(time)) {
                    return;
                }
                progress.at(time);
            }
            for (var told : replay.take(entry.get())) {
                progress.quiet();
                report.decided(told);
            }
        }
        isCut |= trace.isCut();
    }

    /**
     * Tells what came of all that was replayed.
     *
     * @throws NothingMatchesException if nothing of it is what is to be told of
     */
    public void end(Report report) throws IOException, NothingMatchesException {
        progress.quiet();
        var what = replay.node().isEmpty() ? "the trace" : "the trace of " + replay.node();
        ledger.mustHaveSeen(what);
        report.end(new Outcome(what, ledger, replay.missing(), notes()));
    }

    private List<String> notes() {
        var notes = new ArrayList<String>();
        notes.add("rates in a trace were shaped by the limits in force when it was recorded");
        if (isCut) {
            notes.add("the last line of the trace is cut and was left out");
        }
        notes.addAll(notes(config));
        return notes;
    }

    /** What of the configuration means something else here. */
    static List<String> notes(GuardConfig config) {
        var notes = new ArrayList<String>();
        if (!config.smart().enabled()) {
            notes.add("smart_limit_enabled is false, and is taken as true here");
        }
        for (var device : config.disks().capacities().keySet()) {
            if (!KNOWN_DISK.matcher(device).matches()) {
                notes.add("data_disks: " + device
                        + " is not known away from its node; name the disk as nvme0n1 or 259:0");
            }
        }
        return notes;
    }
}
