/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.e2e.scenarios.machine.Accuracy.Expected;
import io.diskguard.e2e.scenarios.machine.Meter.Place;
import io.diskguard.model.LimitKey;
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
    private static final int FIRST_WRITES = 150;

    /** Both are limited when this returns, before the API server knows an id: only the runtime could say which is which. */
    public static Duo start(GuardedNode node) {
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
        pod.start(app);
        var side = pod.create("side", Scripts.write("side"));
        pod.start(side);
        node.awaitLimit(pod.cgroup(side), Limits.writes(RULE));
        node.awaitLimit(pod.cgroup(app), Limits.writes(POD));
        return new Duo(node, pod, app, side);
    }

    /** Waits until the first container's first writes are done: they took as long as they take under the limit. */
    public void assertLimitedFromItsFirstWrite(TestReporter figures) {
        var millis = Scripts.millisOfFirstWrites(node, "app");
        figures.publishEntry(
                "milliseconds of the first " + FIRST_WRITES + " writes at " + POD + " a second", "" + millis);
        assertThat(millis).isGreaterThan(FIRST_WRITES * 1000 / POD * 9 / 10);
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
