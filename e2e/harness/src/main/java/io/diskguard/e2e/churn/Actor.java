/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import io.diskguard.e2e.apiserver.PodTemplate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Does what changes: kubelet and runtime (cgroups, statuses), and whoever edits pods. The checker hears of each change
 * before it is asked for. While the API server is away, only what a node does by itself goes on. Not thread-safe.
 */
public final class Actor {
    private static final Duration LINGER = Duration.ofSeconds(3);
    private static final Duration KNOWN_BEFORE = Duration.ofMillis(100);

    private final Node node;
    private final Checker checker;
    private final Clock clock;
    private final Waiting waiting;
    private final Queue<Runnable> unsaid = new ArrayDeque<>();
    private final Queue<Leaving> leaving = new ArrayDeque<>();
    private Optional<Server> server = Optional.empty();

    private record Leaving(Instant when, PodTemplate pod) {}

    public Actor(Node node, Checker checker, Clock clock, Waiting waiting) {
        this.node = node;
        this.checker = checker;
        this.clock = clock;
        this.waiting = waiting;
    }

    /** What could not be said meanwhile is said now. */
    public void serverIsBack(Server now) {
        server = Optional.of(now);
        while (!unsaid.isEmpty()) {
            unsaid.remove().run();
        }
    }

    public void serverIsAway() {
        server = Optional.empty();
    }

    /** A pod that is there before the agent is; told when its limits are. */
    public void seed(PodTemplate pod) {
        server.orElseThrow().create(pod, pod.toJson());
        var cgroups = node.cgroups(pod);
        for (var i = 0; i < cgroups.size(); i++) {
            node.make(cgroups.get(i));
            track(pod, i, List.of(Wanted.NONE), "start");
        }
    }

    public void perform(Change change) {
        sweep(false);
        if (change instanceof Change.Edited edited) {
            edit(edited);
        } else if (change instanceof Change.Restarted restarted) {
            restart(restarted);
        } else if (change instanceof Change.Replaced replaced) {
            remove(replaced.gone(), replaced.forced());
            make(replaced.made(), replaced.known());
        }
    }

    /** Removes the cgroups of pods that were deleted with force, once their containers would have ended. */
    public void sweep(boolean all) {
        while (!leaving.isEmpty() && (all || leaving.element().when().isBefore(clock.instant()))) {
            unmake(leaving.remove().pod());
        }
    }

    private void edit(Change.Edited change) {
        var cgroups = node.cgroups(change.after());
        for (var i = 0; i < cgroups.size(); i++) {
            checker.expect(cgroups.get(i), wanted(change.after(), i), change.what());
        }
        var version = server.orElseThrow().edit(change.before(), change.after());
        cgroups.forEach(cgroup -> checker.told(cgroup, version));
    }

    private void restart(Change.Restarted change) {
        var old = node.cgroups(change.before()).get(change.container());
        var now = node.cgroups(change.after()).get(change.container());
        var meanwhile = meanwhile(change.after());
        meanwhile.addAll(checker.wanted(node.cgroups(change.before())));
        checker.forget(old);
        node.remove(old);
        node.make(now);
        track(change.after(), change.container(), meanwhile, "restart");
        say(() -> checker.told(now, server.orElseThrow().running(change.after())));
    }

    /** @param forced gone from the API server before its containers are */
    public void remove(PodTemplate pod, boolean forced) {
        if (!forced) {
            unmake(pod);
            server.orElseThrow().delete(pod);
            return;
        }
        var cgroups = node.cgroups(pod);
        cgroups.forEach(cgroup -> checker.expect(cgroup, Wanted.NONE, "deletion"));
        var version = server.orElseThrow().delete(pod);
        cgroups.forEach(cgroup -> checker.told(cgroup, version));
        leaving.add(new Leaving(clock.instant().plus(LINGER), pod));
    }

    private void unmake(PodTemplate pod) {
        var cgroups = node.cgroups(pod);
        cgroups.forEach(cgroup -> {
            checker.forget(cgroup);
            node.remove(cgroup);
        });
        node.remove(cgroups.get(0).getParent());
    }

    /** @param known its ids are known before its cgroups are there */
    public void make(PodTemplate pod, boolean known) {
        var to = server.orElseThrow();
        var version = known ? to.create(pod, pod.toJson()) : to.createPending(pod);
        if (known) {
            waiting.pause(KNOWN_BEFORE);
        }
        var cgroups = node.cgroups(pod);
        for (var i = 0; i < cgroups.size(); i++) {
            node.make(cgroups.get(i));
            track(pod, i, meanwhile(pod), known ? "creation, id known" : "creation");
        }
        var told = known ? version : to.running(pod);
        cgroups.forEach(cgroup -> checker.told(cgroup, told));
    }

    private void track(PodTemplate pod, int container, List<Wanted> before, String what) {
        checker.track(node.cgroups(pod).get(container), pod.uid(), before, wanted(pod, container), what);
    }

    /** What a container may have whose id nobody said yet: nothing, or what its pod has. */
    private static List<Wanted> meanwhile(PodTemplate pod) {
        var all = new ArrayList<>(List.of(Wanted.NONE));
        for (var i = 0; i < pod.containers().size(); i++) {
            all.add(wanted(pod, i));
        }
        return all;
    }

    private void say(Runnable saying) {
        if (server.isPresent()) {
            saying.run();
        } else {
            unsaid.add(saying);
        }
    }

    private static Wanted wanted(PodTemplate pod, int container) {
        var name = pod.containers().get(container).name();
        return defaultIops -> Expectation.isExcluded(pod, name)
                ? Limits.NONE
                : Expectation.of(pod, name, Limits.of(defaultIops, defaultIops, 0, 0));
    }
}
