/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import io.diskguard.model.DiskUse;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One rule of a policy document. Immutable.
 *
 * @param key where it stands: {@code iops-limit/policy[2]}
 * @param container the one that it is for; empty for all
 * @param numbers at least one
 */
record Rule(String key, Optional<String> container, Place place, Map<LimitKey, Given> numbers) {
    Rule {
        numbers = Collections.unmodifiableMap(new EnumMap<>(numbers));
    }

    /** A container that is not known is only known not to be named. */
    boolean appliesTo(Optional<String> name, DiskUse use) {
        return (container.isEmpty() || container.equals(name)) && place.isOn(use);
    }

    int specificity() {
        return (container.isPresent() ? 1 : 0) + (place.isNamed() ? 2 : 0);
    }

    /** As explain shows it: {@code iops-limit/policy[2] (container app, volume data)}. */
    String origin() {
        var selects = Stream.concat(container.map(name -> "container " + name).stream(), Stream.of(place.words()))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
        return selects.isEmpty() ? key : key + " (" + selects + ")";
    }

    /**
     * A number of the rule.
     *
     * @param key where it stands: {@code iops-limit/policy[2].readIops}
     * @param text as it was written
     */
    record Given(Rate rate, String key, String text) {}
}
