/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pod's annotations say. Immutable.
 *
 * @param values a number that is not in it is not said
 * @param problems one for each bad value
 */
public record Reading(Map<LimitKey, Value> values, List<Problem> problems) {
    public Reading {
        values = Map.copyOf(values);
        problems = List.copyOf(problems);
    }

    /** The number's value; empty if no annotation says one. */
    public Optional<Value> get(LimitKey key) {
        return Optional.ofNullable(values.get(key));
    }

    /**
     * One number.
     *
     * @param key the annotation that it comes from
     */
    public record Value(Rate rate, String key) {}
}
