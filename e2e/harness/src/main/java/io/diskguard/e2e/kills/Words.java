/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.apiserver.PodTemplate;
import io.diskguard.e2e.churn.Expectation;
import io.diskguard.e2e.churn.Limits;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What pods and the configuration say. No number is ever said twice, so that none can pass for another. Not thread-safe. */
final class Words {
    /** How many ways of {@link #say} there are. */
    static final int WAYS = 8;
    /** Operations a second that the load is limited to; no other number is as small. */
    static final long SMART = 97;

    static final long REMEMBERED = 89;

    private static final long LEAST_IOPS = 2000;
    private static final long LEAST_BPS = 1 << 20;
    private static final long STEP = 4096;
    private static final long UNUSUAL = 1_000_000;

    private long number;

    PodTemplate say(int way, PodTemplate before) {
        var annotations = new HashMap<>(before.annotations());
        annotations.keySet().removeIf(key -> key.startsWith(Expectation.PREFIX));
        var said =
                switch (way) {
                    case 0 -> Map.<String, String>of();
                    case 1 -> Map.of("iops", iops());
                    case 2 -> Map.of("write-iops", "0", "read-bps", bps());
                    case 3 -> Map.of("removed", "true", "iops", iops());
                    case 4 -> Map.of("read-iops", iops(), "policy", policy(before));
                    case 5 -> Map.of("read-iops", "many", "write-iops", iops(), "write-bps", bps());
                    case 6 -> Map.of("read-iops", iops(), "write-iops", iops(), "read-bps", bps(), "write-bps", bps());
                    default -> Map.of("iops", "0");
                };
        said.forEach((key, value) -> annotations.put(Expectation.PREFIX + key, value));
        return before.withAnnotations(annotations);
    }

    /** As an agent left it that limited the pod by its load. */
    PodTemplate remembered(PodTemplate pod, Instant at) {
        var annotations = new HashMap<>(say(WAYS, pod).annotations());
        Map.of(
                        "smart-limit", "true",
                        "triggered-by", "1m",
                        "trigger-reason", "1m[WriteIOPS:0.92>0.80]",
                        "limit-reason", "high-io-detected",
                        "write-iops-limit", String.valueOf(REMEMBERED),
                        "applied-at", at.toString())
                .forEach((key, value) -> annotations.put(Expectation.PREFIX + key, value));
        return pod.withAnnotations(annotations);
    }

    /** @param way what else there is */
    Settings settings(int way) {
        var defaults =
                switch (way) {
                    case 0 -> Limits.of(fresh(), fresh(), 0, 0);
                    case 1 -> Limits.of(fresh(), fresh(), LEAST_BPS + STEP * number++, 0);
                    default -> Limits.of(fresh(), 0, 0, 0);
                };
        return new Settings(defaults, way == 0 ? 0 : UNUSUAL + number++);
    }

    /** Of somebody else. */
    Limits limits() {
        return Limits.of(fresh(), fresh(), LEAST_BPS + STEP * number++, LEAST_BPS + STEP * number++);
    }

    private String policy(PodTemplate pod) {
        return "[{\"container\":\"" + pod.containers().get(0).name() + "\",\"writeIops\":" + iops() + "}]";
    }

    private String iops() {
        return String.valueOf(fresh());
    }

    private String bps() {
        return String.valueOf(LEAST_BPS + STEP * number++);
    }

    private long fresh() {
        return LEAST_IOPS + number++;
    }
}
