/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.e2e.apiserver.Json;
import io.diskguard.e2e.apiserver.PodTemplate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Does what changes: kubelet and runtime (cgroups, statuses), and whoever edits pods. The checker hears of each change
 * before it is asked for. While the API server is away, only what a node does by itself goes on. Not thread-safe.
 */
final class Actor {
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

    Actor(Node node, Checker checker, Clock clock, Waiting waiting) {
        this.node = node;
        this.checker = checker;
        this.clock = clock;
        this.waiting = waiting;
    }

    /** What could not be said meanwhile is said now. */
    void serverIsBack(Server now) {
        server = Optional.of(now);
        while (!unsaid.isEmpty()) {
            unsaid.remove().run();
        }
    }

    void serverIsAway() {
        server = Optional.empty();
    }

    /** A pod that is there before the agent is; told when its limits are. */
    void seed(PodTemplate pod) {
        server.orElseThrow().create(pod, pod.toJson());
        var cgroups = node.cgroups(pod);
        for (var i = 0; i < cgroups.size(); i++) {
            node.make(cgroups.get(i));
            checker.track(tracked(pod, i, List.of(Limits.NONE), "start"));
        }
    }

    void perform(Change change) {
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
    void sweep(boolean all) {
        while (!leaving.isEmpty() && (all || leaving.element().when().isBefore(clock.instant()))) {
            unmake(leaving.remove().pod());
        }
    }

    private void edit(Change.Edited change) {
        var cgroups = node.cgroups(change.after());
        for (var i = 0; i < cgroups.size(); i++) {
            checker.expect(cgroups.get(i), limits(change.after(), i), change.what());
        }
        var patch = Json.object();
        var meta = patch.putObject("metadata");
        difference(
                meta.putObject("annotations"),
                change.before().annotations(),
                change.after().annotations());
        difference(
                meta.putObject("labels"),
                change.before().labels(),
                change.after().labels());
        var version = server.orElseThrow().patch(change.after(), patch);
        cgroups.forEach(cgroup -> checker.told(cgroup, version));
    }

    private void restart(Change.Restarted change) {
        var old = node.cgroups(change.before()).get(change.container());
        var now = node.cgroups(change.after()).get(change.container());
        checker.forget(old);
        node.remove(old);
        node.make(now);
        checker.track(tracked(change.after(), change.container(), meanwhile(change.after()), "restart"));
        say(() -> checker.told(now, server.orElseThrow().patch(change.after(), status(change.after()))));
    }

    private void remove(PodTemplate pod, boolean forced) {
        if (!forced) {
            unmake(pod);
            server.orElseThrow().delete(pod);
            return;
        }
        var cgroups = node.cgroups(pod);
        cgroups.forEach(cgroup -> checker.expect(cgroup, Limits.NONE, "deletion"));
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

    private void make(PodTemplate pod, boolean known) {
        var json = pod.toJson();
        if (!known) {
            var status = (ObjectNode) json.get("status");
            status.put("phase", "Pending");
            status.remove("containerStatuses");
        }
        var version = server.orElseThrow().create(pod, json);
        if (known) {
            waiting.pause(KNOWN_BEFORE);
        }
        var cgroups = node.cgroups(pod);
        for (var i = 0; i < cgroups.size(); i++) {
            node.make(cgroups.get(i));
            checker.track(tracked(pod, i, meanwhile(pod), known ? "creation, id known" : "creation"));
        }
        var told = known ? version : server.orElseThrow().patch(pod, status(pod));
        cgroups.forEach(cgroup -> checker.told(cgroup, told));
    }

    private Tracked tracked(PodTemplate pod, int container, List<Limits> before, String what) {
        Path cgroup = node.cgroups(pod).get(container);
        return new Tracked(cgroup, pod.uid(), checker.nanos(), before, limits(pod, container), what);
    }

    /** What a container may have whose id nobody said yet: nothing, or what its pod has. */
    private static List<Limits> meanwhile(PodTemplate pod) {
        var limits = new ArrayList<>(List.of(Limits.NONE));
        for (var i = 0; i < pod.containers().size(); i++) {
            limits.add(limits(pod, i));
        }
        return limits;
    }

    private void say(Runnable saying) {
        if (server.isPresent()) {
            saying.run();
        } else {
            unsaid.add(saying);
        }
    }

    private static Limits limits(PodTemplate pod, int container) {
        return Expectation.of(pod, pod.containers().get(container).name());
    }

    private static ObjectNode status(PodTemplate pod) {
        var patch = Json.object();
        patch.putObject("status")
                .put("phase", "Running")
                .set("containerStatuses", pod.toJson().path("status").path("containerStatuses"));
        return patch;
    }

    private static void difference(ObjectNode into, Map<String, String> before, Map<String, String> after) {
        before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(into::putNull);
        after.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                into.put(key, value);
            }
        });
    }
}
