/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Disk;
import io.diskguard.model.Pod;
import io.diskguard.policy.limiter.SmartLimiter;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import io.diskguard.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Level-triggered: an event only marks a pod as dirty; a turn reconciles the newest state of each dirty pod, and all of
 * them at the resync interval. {@link #turn} is called by one thread, the marks are set by any.
 */
final class ReconcileLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileLoop.class);

    private final PodSource pods;
    private final PodCgroups cgroups;
    private final PodReconciler reconciler;
    private final SmartLimiter smart;
    private final Disks disks;
    private final CgroupFs hierarchy;
    private final Marks marks;
    private final GuardedListener listener;
    private final Ticker ticker;
    private Duration resyncInterval;
    private Backoff backoff;
    private final DirtyPods dirty;

    private final Map<String, Retry> retries = new HashMap<>();
    private final Map<String, Set<CgroupPath>> claims = new HashMap<>();
    private boolean synced;
    private long nextResync;
    private volatile boolean ended;

    private record Retry(int attempt, long at) {}

    ReconcileLoop(
            PodSource pods,
            PodCgroups cgroups,
            PodReconciler reconciler,
            SmartLimiter smart,
            Disks disks,
            CgroupFs hierarchy,
            Marks marks,
            GuardedListener listener,
            Ticker ticker,
            Duration resyncInterval,
            Backoff backoff,
            DirtyPods dirty) {
        this.pods = pods;
        this.cgroups = cgroups;
        this.reconciler = reconciler;
        this.smart = smart;
        this.disks = disks;
        this.hierarchy = hierarchy;
        this.marks = marks;
        this.listener = listener;
        this.ticker = ticker;
        this.resyncInterval = resyncInterval;
        this.backoff = backoff;
        this.dirty = dirty;
        this.nextResync = ticker.nanos();
    }

    /** Does what is due and says when the next turn is, if nothing is marked until then. */
    Duration turn() {
        var marked = dirty.drain();
        var due = ticker.nanos() - nextResync >= 0;
        if (due) {
            nextResync = ticker.nanos() + resyncInterval.toNanos();
            tried(cgroups::refresh);
            tried(() -> disks.refresh().forEach(answer -> listener.tell(to -> to.diskResolved(answer))));
        }
        if (!(pods.snapshot() instanceof PodSource.Snapshot.Synced snapshot)) {
            synced = false;
            // what is due else has to wait for them
            return untilResync();
        }
        var resync = due || !synced;
        if (resync) {
            synced = true;
            snapshot.pods().forEach(pod -> marked.add(pod.uid()));
            marked.addAll(claims.keySet());
        } else {
            marked.addAll(retriesDue());
        }
        work(marked, snapshot);
        work(smart.turn(() -> !ended && dirty.isEmpty()), snapshot);
        if (ended) {
            return untilNext();
        }
        if (resync) {
            if (snapshot.complete()) {
                sweep(snapshot.pods());
                var uids = new HashSet<>(claims.keySet());
                // One that failed is there all the same
                snapshot.pods().forEach(pod -> uids.add(pod.uid()));
                smart.retain(uids);
            }
            reconciler.retain(claims.keySet());
        }
        reconciler.identify(() -> !ended && dirty.isEmpty()).forEach(dirty::mark);
        return untilNext();
    }

    /** Has the next turn look at everything anew, and then each time after this interval. */
    void resync(Duration interval) {
        resyncInterval = interval;
        backoff = new Backoff(backoff.base(), interval, backoff.random());
        nextResync = ticker.nanos();
    }

    /** Has a turn end after the pod or the question that it is at. By any thread. */
    void end() {
        ended = true;
    }

    /** What is known from before serves until the next resync. */
    private static void tried(Runnable refresh) {
        try {
            refresh.run();
        } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
            LOG.error("looking anew at pods' cgroups or disks failed", failure);
        }
    }

    private Set<String> retriesDue() {
        var now = ticker.nanos();
        var due = new LinkedHashSet<String>();
        retries.forEach((uid, retry) -> {
            if (now - retry.at() >= 0) {
                due.add(uid);
            }
        });
        return due;
    }

    private void work(Set<String> uids, PodSource.Snapshot.Synced snapshot) {
        var byUid = new HashMap<String, Pod>();
        snapshot.pods().forEach(pod -> byUid.put(pod.cgroupUid(), pod));
        // A pod's own uid is given by the API server, a hash is only written in it
        snapshot.pods().forEach(pod -> byUid.put(pod.uid(), pod));
        var devices = disks.inForce();
        for (var uid : uids) {
            if (ended) {
                return;
            }
            var pod = byUid.get(uid);
            var key = pod == null ? uid : pod.uid();
            try {
                retry(key, pod == null ? forget(uid, snapshot.complete()) : reconcile(pod, byUid, devices));
            } catch (RuntimeException e) {
                listener.tell(to -> to.podFailed(key, e));
                retry(key, false);
            } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
                listener.tell(to -> to.podFailed(key, new IllegalStateException(e)));
                retry(key, false);
            }
        }
    }

    private boolean reconcile(Pod pod, Map<String, Pod> byUid, Collection<Disk> devices) {
        var bearer = byUid.get(pod.cgroupUid());
        if (bearer != pod && bearer.uid().equals(pod.cgroupUid())) {
            // It says that it mirrors a pod which is one of its own right: that one's cgroups are not this one's
            return true;
        }
        var result = reconciler.reconcile(pod, devices, disks.areAllKnown());
        claims.put(pod.uid(), result.claimed());
        return result.settled();
    }

    /** @param gone whether it is certain that the pod is no more */
    private boolean forget(String uid, boolean gone) {
        if (!gone) {
            return true;
        }
        var left = new HashSet<>(claims.getOrDefault(uid, Set.of()));
        left.removeIf(cgroup -> isClaimedBesides(uid, cgroup) || reconciler.release(cgroup));
        if (left.isEmpty()) {
            claims.remove(uid);
        } else {
            claims.put(uid, left);
        }
        return left.isEmpty();
    }

    private boolean isClaimedBesides(String uid, CgroupPath cgroup) {
        return claims.entrySet().stream()
                .anyMatch(
                        claim -> !claim.getKey().equals(uid) && claim.getValue().contains(cgroup));
    }

    private void retry(String uid, boolean settled) {
        if (settled) {
            retries.remove(uid);
            return;
        }
        var before = retries.get(uid);
        var attempt = before == null ? 1 : before.attempt() + 1;
        retries.put(
                uid, new Retry(attempt, ticker.nanos() + backoff.delay(attempt).toNanos()));
    }

    /** Takes back marked limits in cgroups that no known pod claims, from before this process started for instance. */
    private void sweep(Collection<Pod> known) {
        var claimed = new HashSet<CgroupPath>();
        claims.values().forEach(claimed::addAll);
        List<CgroupPath> unclaimed = new ArrayList<>();
        CgroupWalk.visit(hierarchy, cgroup -> {
            if (!claimed.contains(cgroup) && isMarked(cgroup) && !names(cgroup, known)) {
                unclaimed.add(cgroup);
            }
        });
        unclaimed.forEach(reconciler::release);
    }

    /** One that cannot be read is looked at again by the next sweep. */
    private boolean isMarked(CgroupPath cgroup) {
        return marks.read(cgroup) instanceof MarkReading.Known known
                && !known.mark().isEmpty();
    }

    /** Whether a known pod's uid or container stands in the path: it may only not have been found yet. */
    private static boolean names(CgroupPath cgroup, Collection<Pod> known) {
        return known.stream()
                .flatMap(pod -> Stream.concat(
                        Stream.of(pod.cgroupUid(), pod.cgroupUid().replace('-', '_')),
                        pod.containers().stream()
                                .flatMap(container -> container.id().stream())
                                .map(ContainerId::id)))
                .anyMatch(cgroup.value()::contains);
    }

    private Duration untilResync() {
        return Duration.ofNanos(Math.max(nextResync - ticker.nanos(), 0));
    }

    private Duration untilNext() {
        var now = ticker.nanos();
        var next = Math.min(nextResync - now, smart.untilDue().toNanos());
        for (var retry : retries.values()) {
            next = Math.min(next, retry.at() - now);
        }
        var question = reconciler.untilIdentify().orElse(resyncInterval).toNanos();
        return Duration.ofNanos(Math.max(Math.min(next, question), 0));
    }
}
