/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.spi.LimitPolicy;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The limit that a container is to have on a disk. Immutable.
 *
 * @param origins where each of the four numbers comes from; all four are there
 * @param problems what a pod's owner wrote wrong
 */
public record Decision(IoLimit limit, Map<LimitKey, String> origins, List<LimitPolicy.Problem> problems) {
    public Decision {
        origins = Collections.unmodifiableMap(new EnumMap<>(origins));
        problems = List.copyOf(problems);
        if (origins.size() != LimitKey.values().length) {
            throw new IllegalArgumentException("every number has an origin, was " + origins);
        }
    }
}
