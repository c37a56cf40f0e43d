/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import io.diskguard.device.DiskResolution;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoPressure;
import io.diskguard.model.Pod;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import io.diskguard.reconcile.Action;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.Outcome;
import io.diskguard.reconcile.PodRun;
import io.diskguard.reconcile.Target;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoSignals;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.PodSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Remembers what the loop tells, for a {@link NodeView} to show. Thread-safe. */
public final class NodeMemory implements DiskGuardListener {
    private final Environment environment;
    private final PodSource pods;
    private final IoSignals signals;
    private final Standings standings = new Standings();
    private final Loads loads = new Loads();
    private final Map<String, DiskResolution> configured = new ConcurrentHashMap<>();
    private final Map<DeviceId, String> countingOff = new ConcurrentHashMap<>();
    private volatile Waiting waiting = Waiting.UNKNOWN;

    /**
     * @param pods those that there are: others are forgotten
     * @param signals of the disks and the node; asked by the loop's thread alone
     */
    public NodeMemory(Environment environment, PodSource pods, IoSignals signals) {
        this.environment = environment;
        this.pods = pods;
        this.signals = signals;
    }

    Standings standings() {
        return standings;
    }

    Loads loads() {
        return loads;
    }

    Waiting waiting() {
        return waiting;
    }

    Optional<String> countingOff(DeviceId disk) {
        return Optional.ofNullable(countingOff.get(disk));
    }

    @Override
    public void podReconciled(PodRun run) {
        standings.ran(run, environment.clock().instant());
    }

    @Override
    public void invalidAnnotation(Pod pod, LimitPolicy.Problem problem) {
        standings.invalid(pod, problem);
    }

    @Override
    public void cgroupUnreadable(Target target, String reason) {
        standings.unreadable(target.pod(), target.cgroup(), target.name() + ": " + reason);
    }

    @Override
    public void podFailed(String uid, RuntimeException failure) {
        standings.failed(uid, failure.toString());
    }

    @Override
    public void limitFailed(Action action, Outcome outcome) {
        var words = outcome instanceof Outcome.Rejected rejected
                ? rejected.errno() + ": " + rejected.detail()
                : outcome instanceof Outcome.Retry retry ? retry.reason() : outcome.toString();
        standings.trouble(action.cgroup(), action.device(), new Standings.Trouble(DiskStanding.State.FAILED, words));
    }

    @Override
    public void limitContested(Target target, DeviceId device, Duration pause) {
        standings.trouble(
                target.cgroup(),
                device,
                new Standings.Trouble(
                        DiskStanding.State.CONTESTED,
                        "somebody keeps changing it; it is left alone for " + pause.toMinutes() + " minutes"));
    }

    @Override
    public void diskResolved(DiskResolution resolution) {
        configured.put(resolution.asked(), resolution);
    }

    @Override
    public void countingOff(Disk disk, String reason) {
        countingOff.put(disk.id(), reason);
    }

    @Override
    public void countingOn(Disk disk) {
        countingOff.remove(disk.id());
    }

    @Override
    public void sampled(Round round, List<Watched> watched) {
        if (pods.snapshot() instanceof PodSource.Snapshot.Synced synced && synced.complete()) {
            standings.retain(synced.pods().stream().map(Pod::uid).collect(Collectors.toSet()));
        }
        loads.sampled(round, watched);
        var read = new HashMap<DeviceId, DiskLoad.Reading>();
        for (var disk : disks()) {
            signals.activity(disk)
                    .toOptional()
                    .ifPresent(known -> read.put(
                            disk,
                            new DiskLoad.Reading(known, environment.ticker().nanos())));
        }
        loads.sampled(read);
        waiting = new Waiting(signals.ofNode().toOptional(), unlimited(round));
    }

    /** Who is throttled waits, too, and that says nothing of the disk. */
    private Optional<IoPressure> unlimited(Round round) {
        if (round.samples().stream().allMatch(sample -> sample.pressure().isEmpty())) {
            return Optional.empty();
        }
        var limited = standings.limited();
        return round.samples().stream()
                .filter(sample -> !limited.contains(sample.container()))
                .flatMap(sample -> sample.pressure().stream())
                .max(Comparator.comparingDouble(it -> it.some().avg10()));
    }

    private Set<DeviceId> disks() {
        var disks = new HashSet<DeviceId>();
        standings.seen().forEach(pod -> pod.rows()
                .forEach(row -> disks.add(row.use().disk().id())));
        for (var resolution : configured.values()) {
            if (resolution instanceof DiskResolution.Found found) {
                found.disks().forEach(disk -> disks.add(disk.id()));
            }
        }
        return disks;
    }
}
