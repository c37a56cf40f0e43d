/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.spi.LimitPolicy;
import java.util.List;
import java.util.Optional;

/**
 * The limit that a container is to have on a disk. Immutable.
 *
 * @param smart the smart limit that went into it, whether it is the strictest or not
 * @param problems what a pod's owner wrote wrong
 * @param failures what policies did wrong
 */
public record Decision(
        IoLimit limit,
        Origins origins,
        Optional<SmartLimit> smart,
        List<LimitPolicy.Problem> problems,
        List<Failure> failures) {
    public Decision {
        problems = List.copyOf(problems);
        failures = List.copyOf(failures);
    }

    /** No limit at all, for one reason. */
    public static Decision unlimited(String origin) {
        return new Decision(
                IoLimit.UNLIMITED, new Origins(origin, origin, origin, origin), Optional.empty(), List.of(), List.of());
    }

    /** Where the number comes from. */
    public String origin(LimitKey key) {
        return key.pick(origins.riops(), origins.wiops(), origins.rbps(), origins.wbps());
    }

    /** Where each of the four numbers comes from: {@code annotation iops-limit/read-iops}, {@code none}. */
    public record Origins(String riops, String wiops, String rbps, String wbps) {}

    /**
     * A policy that failed, or proposed what no kernel takes: it costs that proposal only.
     *
     * @param policy its name, or its class where it has none
     */
    public record Failure(String policy, String reason) {}
}
