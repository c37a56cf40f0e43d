/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import static io.diskguard.agent.metrics.Family.counter;
import static io.diskguard.agent.metrics.Family.gauge;

import io.diskguard.agent.http.Health;
import io.diskguard.agent.http.Page;
import io.diskguard.agent.report.Version;
import io.diskguard.agent.view.ContainerView;
import io.diskguard.agent.view.DiskStatus;
import io.diskguard.agent.view.Waiting;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.SmartWindow;
import io.diskguard.device.DiskResolution;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.policy.Decision;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import io.diskguard.reconcile.Action;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.Outcome;
import io.diskguard.reconcile.PodRun;
import io.diskguard.reconcile.Target;
import io.diskguard.reload.ConfigStatus;
import io.diskguard.reload.ReloadListener;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.StateStore;
import io.diskguard.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what the engine does. What a tenant can make many of is no label; whatever becomes too many is left out and counted.
 * Until the first scrape it is a few counters. Thread-safe.
 */
public final class AgentMetrics implements DiskGuardListener {
    private static final Family DROPPED =
            counter("diskguard_metric_series_dropped", "Values that were left out, as their metric had too many.");
    private static final String OK = "ok";
    private static final String ERROR = "error";

    private final LongAdder dropped = new LongAdder();
    private final List<Series> all = new ArrayList<>();

    private final Series writes = add(counter(
            "diskguard_limit_writes",
            "Limits that were written, by what came of it: read back equal, or not.",
            "result",
            "reason",
            "cgroup_version"));
    private final Series drift = add(
            counter("diskguard_limit_drift", "Limits of ours that somebody else had changed, and that were repaired."));
    private final Series contested = add(
            counter("diskguard_limit_contested", "Times that a limit was left alone, as somebody kept changing it."));
    private final Series foreign = add(counter(
            "diskguard_limit_foreign", "Limits of others that were left alone, where there would be one of ours."));
    private final Series ineffective = add(counter(
            "diskguard_limit_ineffective",
            "Findings of IO that gets past a limit, each until it was gone for a while.",
            "cause"));
    private final Series unresolved = add(counter(
            "diskguard_device_resolution_failures",
            "Times that a configured mount or device was found not to have a disk.",
            "reason"));
    private final Series invalid =
            add(counter("diskguard_annotation_invalid", "Annotations of pods that were wrong and were ignored."));
    private final Series policies =
            add(counter("diskguard_policy_failures", "Proposals of policies that were left out or mended."));
    private final Series pods =
            add(counter("diskguard_pod_failures", "Runs over a pod that ended with a fault in DiskGuard."));
    private final Series notStored = add(counter(
            "diskguard_state_not_stored", "Smart limits that could not be kept in their pod's annotations.", "reason"));
    private final Series rounds = add(counter("diskguard_sampling_rounds", "Rounds of sampling."));
    private final Series sampled = add(
            gauge("diskguard_sampled_containers", "Containers whose counters the last round of sampling has read."));
    private final Series watched =
            add(gauge("diskguard_watched_containers", "Containers whose counters the last round was to read."));
    private final Series countingOff = add(gauge(
            "diskguard_disk_counting_off",
            "1: the kernel does not count on the disk, its load is not seen.",
            "device"));

    private final String cgroupVersion;
    private final SmartMetrics smart;
    private final ReloadMetrics reloads;
    private final LegacyMetrics legacy;
    private final Timings timings;
    private final Series ready;
    private final Series build;

    /**
     * Nothing counted yet.
     *
     * @param cgroupVersion whose files limits are written to: {@code 1} or {@code 2}
     */
    public AgentMetrics(Ticker ticker, String cgroupVersion) {
        this.cgroupVersion = cgroupVersion;
        smart = new SmartMetrics(this::add);
        reloads = new ReloadMetrics(this::add);
        legacy = new LegacyMetrics(this::add);
        timings = new Timings(ticker);
        ready = add(gauge("diskguard_ready", "1: the check of /readyz holds.", "check"));
        build = add(gauge("diskguard_build_info", "1; which version runs on which Java.", "version", "java"));
        List.of(drift, contested, foreign, invalid, policies, pods, rounds).forEach(it -> it.set(0));
        writes.set(0, OK, "", cgroupVersion);
    }

    /**
     * What is told of a node at a scrape. Immutable.
     *
     * @param configuration what is in force
     * @param containers sorted by what names them
     */
    public record Now(
            Health health,
            ConfigStatus configuration,
            List<ContainerView> containers,
            List<DiskStatus> disks,
            Waiting waiting) {
        public Now {
            containers = List.copyOf(containers);
            disks = List.copyOf(disks);
        }
    }

    /** What is in force from now on. */
    public void configured(GuardConfig config) {
        smart.windows(config.smart().windows().stream().map(SmartWindow::name).toList());
    }

    /** Counts what becomes of changes of the configuration. */
    public ReloadListener reloads() {
        return reloads;
    }

    /** All who are to hear what the guard does. */
    public List<DiskGuardListener> listeners() {
        return List.of(this, legacy, timings);
    }

    /** Measures how long things take. */
    public Timings timings() {
        return timings;
    }

    private Series add(Family family) {
        var series = new Series(family, dropped);
        all.add(series);
        return series;
    }

    /**
     * What is counted now.
     *
     * @param accepted the types that the client accepts
     */
    public Page page(Now now, String accepted) {
        reloads.now(now.configuration());
        now.health().readiness().forEach(check -> ready.set(check.ok() ? 1 : 0, check.name()));
        build.set(1, Version.text(), Runtime.version().toString());
        return Exposition.page(
                ContainerMetrics.of(now.containers()), left -> readings(now, left), timings.all(), accepted);
    }

    private List<Reading> readings(Now now, long left) {
        dropped.add(left);
        var readings = new ArrayList<Reading>();
        all.forEach(series -> readings.add(series.read()));
        readings.addAll(NodeMetrics.readings(now, cgroupVersion));
        readings.add(Reading.of(DROPPED, dropped.sum()));
        return readings;
    }

    /** All that there are, those without a value too. */
    List<Family> families() {
        var families = new ArrayList<Family>();
        all.forEach(series -> families.add(series.family()));
        families.addAll(ContainerMetrics.FAMILIES);
        families.addAll(NodeMetrics.FAMILIES);
        timings.all().forEach(histogram -> families.add(histogram.family()));
        families.add(DROPPED);
        return families;
    }

    private void wrote(String result, String reason) {
        writes.count(result, reason, cgroupVersion);
    }

    @Override
    public void limitApplied(Action.Apply action) {
        wrote(OK, action.cause().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void driftRepaired(Action.Apply action) {
        drift.count();
        wrote(OK, "drift");
    }

    @Override
    public void limitCleared(Action.Clear action) {
        wrote(OK, "clear");
    }

    @Override
    public void limitFailed(Action action, Outcome outcome) {
        wrote(
                ERROR,
                outcome instanceof Outcome.Rejected rejected
                        ? rejected.errno().name().toLowerCase(Locale.ROOT)
                        : "retry");
    }

    @Override
    public void foreignLimit(Action.LeaveForeign action) {
        foreign.count();
    }

    @Override
    public void limitContested(Target target, DeviceId device, Duration pause) {
        contested.count();
    }

    @Override
    public void limitIneffective(Ineffective finding) {
        ineffective.count(finding.cause().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void invalidAnnotation(Pod pod, LimitPolicy.Problem problem) {
        invalid.count();
    }

    @Override
    public void policyFailed(Decision.Failure failure) {
        policies.count();
    }

    @Override
    public void podFailed(String uid, RuntimeException failure) {
        pods.count();
    }

    @Override
    public void smartDecided(Recorded recorded) {
        smart.decided(recorded);
    }

    @Override
    public void stateNotStored(PodRef pod, StateStore.Result result) {
        notStored.count(result.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }

    @Override
    public void sampled(Round round, List<Watched> containers) {
        rounds.count();
        sampled.set(round.samples().size());
        watched.set(containers.size());
    }

    @Override
    public void diskResolved(DiskResolution resolution) {
        if (resolution instanceof DiskResolution.Missing) {
            unresolved.count("missing");
        } else if (resolution instanceof DiskResolution.NotApplicable) {
            unresolved.count("not_applicable");
        }
    }

    /** Where there is nothing to do, each limit is as it should be, and nothing is written. */
    @Override
    public void podReconciled(PodRun run) {
        if (run.actions() == 0) {
            var limited = run.rows().stream()
                    .filter(row -> !row.decision().limit().isUnlimited())
                    .count();
            writes.add(limited, "unchanged", "", cgroupVersion);
        }
    }

    @Override
    public void countingOff(Disk disk, String reason) {
        countingOff.set(1, disk.name());
    }

    @Override
    public void countingOn(Disk disk) {
        countingOff.set(0, disk.name());
    }
}
