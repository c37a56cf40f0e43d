/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.e2e.scenarios.machine.Accuracy.Expected;
import io.diskguard.e2e.scenarios.machine.Meter;
import io.diskguard.e2e.scenarios.machine.Meter.Place;
import io.diskguard.model.LimitKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.TestReporter;

/**
 * A pod of two containers that write as often as they may: 100 times a second, which is the pod's limit, and 60 times by a rule.
 *
 * @param app the id of the first
 * @param side the id of the one with a rule of its own
 */
public record Duo(GuardedNode node, NodePod pod, String app, String side) {
    private static final int POD = 100;
    private static final int RULE = 60;
    private static final int FIRST_WRITES = 500;
    /** What one slice of the throttle, a tenth of a second, lets through at once. */
    private static final int SLICE = POD / 10;

    /** From the cgroup on, on an emulated processor. */
    private static final Duration SOON = Duration.ofSeconds(2);

    /** Both are limited when this returns, before the API server knows an id: only the runtime could say which is which. */
    public static Duo start(GuardedNode node, TestReporter figures) {
        var pod = node.pod(
                "duo",
                Map.of(
                        "iops-limit/write-iops",
                        Integer.toString(POD),
                        "iops-limit/policy",
                        "[{container: side, writeIops: " + RULE + "}]"),
                "app",
                "side");
        var app = pod.create("app", Scripts.writeFirst("app", FIRST_WRITES));
        startFirst(node, pod, app, figures);
        var side = pod.create("side", Scripts.write("side"));
        pod.start(side);
        node.awaitLimit(pod.cgroup(side), Limits.writes(RULE));
        node.awaitLimit(pod.cgroup(app), Limits.writes(POD));
        return new Duo(node, pod, app, side);
    }

    /** Its first action is to write: the limit comes soon, and what is left of the first writes takes as long as it takes under it. */
    private static void startFirst(GuardedNode node, NodePod pod, String app, TestReporter figures) {
        var gap = pod.startTimed(app);
        var limited = System.nanoTime();
        var done =
                new Meter(node.cgroups()).counters(pod.cgroup(app), node.disk()).wios();
        Scripts.awaitFirstWrites(node, "app");
        var millis = Duration.ofNanos(System.nanoTime() - limited).toMillis();
        figures.publishEntry(
                "milliseconds from the cgroup to its limit of " + POD + ", writes by then, milliseconds for all "
                        + FIRST_WRITES,
                gap.toMillis() + ", " + done + ", " + millis);
        assertThat(gap).isLessThan(SOON);
        assertThat(done).isLessThan(FIRST_WRITES / 2);
        assertThat(millis).isGreaterThan((FIRST_WRITES - SLICE - done) * 1000 / POD * 9 / 10);
    }

    /** The API server hears of both. */
    public void run() {
        pod.runs("app", app);
        pod.runs("side", side);
    }

    public List<Expected> rates() {
        return List.of(
                new Expected("container of a pod with a limit", place(app), LimitKey.WIOPS, POD),
                new Expected("container with a rule of its own", place(side), LimitKey.WIOPS, RULE));
    }

    private Place place(String id) {
        return new Place(pod.cgroup(id), node.disk());
    }
}
