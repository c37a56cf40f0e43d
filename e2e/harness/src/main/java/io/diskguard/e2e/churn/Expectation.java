/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import io.diskguard.e2e.apiserver.Json;
import io.diskguard.e2e.apiserver.PodTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the documents promise for a pod, written a second time and without the agent's code: the annotations that the churn
 * uses, the default of 500 operations a second, exclusion by label and by the container's name.
 */
public final class Expectation {
    public static final String EXCLUDED = "churn.example/unlimited";
    public static final String PREFIX = "iops-limit/";
    public static final String SIDECAR = "istio-proxy";

    private static final Limits DEFAULT = Limits.of(500, 500, 0, 0);
    private static final List<String> KEYS = List.of("read-iops", "write-iops", "read-bps", "write-bps");
    private static final List<String> GENERAL = List.of("iops", "iops", "bps", "bps");
    private static final List<String> FIELDS = List.of("readIops", "writeIops", "readBps", "writeBps");

    private Expectation() {}

    static Limits of(PodTemplate pod, String container) {
        return isExcluded(pod, container) ? Limits.NONE : of(pod, container, DEFAULT);
    }

    /** Whether nothing is ever written there. */
    public static boolean isExcluded(PodTemplate pod, String container) {
        return pod.labels().containsKey(EXCLUDED) || container.equals(SIDECAR);
    }

    /** Of a container that is not excluded, where the configuration has these defaults. */
    public static Limits of(PodTemplate pod, String container, Limits defaults) {
        if ("true".equals(pod.annotations().get(PREFIX + "removed"))) {
            return Limits.NONE;
        }
        var values = new ArrayList<Long>();
        for (var i = 0; i < KEYS.size(); i++) {
            values.add(rule(pod, container, FIELDS.get(i))
                    .or(number(pod.annotations(), KEYS.get(i)))
                    .or(number(pod.annotations(), GENERAL.get(i)))
                    .orElse(defaults.get(i)));
        }
        return new Limits(values);
    }

    private static Maybe rule(PodTemplate pod, String container, String field) {
        for (var rule : Json.read(pod.annotations().getOrDefault(PREFIX + "policy", "[]"))) {
            if (rule.path("container").asText().equals(container) && rule.has(field)) {
                return new Maybe(Optional.of(rule.path(field).asLong()));
            }
        }
        return new Maybe(Optional.empty());
    }

    private static Maybe number(Map<String, String> annotations, String key) {
        var text = annotations.getOrDefault(PREFIX + key, "");
        return new Maybe(text.matches("\\d+") ? Optional.of(Long.parseLong(text)) : Optional.empty());
    }

    private record Maybe(Optional<Long> value) {
        Maybe or(Maybe other) {
            return value.isPresent() ? this : other;
        }

        long orElse(long other) {
            return value.orElse(other);
        }
    }
}
