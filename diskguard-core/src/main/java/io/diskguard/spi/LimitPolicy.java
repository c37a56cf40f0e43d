/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.Container;
import io.diskguard.model.DiskUse;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.Rate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proposes limits for one container on one disk, or abstains. A pure function of its arguments and of the configuration
 * that it was made with: it writes nothing and asks no clock. Thread-safe.
 */
public interface LimitPolicy {
    Phase phase();

    /** Lower is asked first within a phase; equal orders are asked by {@link #name()}. */
    int order();

    /** Kebab-case, unique; shown as the origin of a number. */
    String name();

    Proposal propose(Subject subject);

    /** How the proposals of a phase combine. */
    enum Phase {
        /** For each number the first policy that does not abstain wins. */
        BASE,
        /** The strictest of all wins; a policy here can never loosen. */
        TIGHTEN
    }

    /**
     * What is to be limited.
     *
     * @param container empty for a container of which only its cgroup is known yet
     * @param use the disk, and what the container has on it
     */
    record Subject(Pod pod, Optional<Container> container, DiskUse use) {}

    /** A number and where it comes from ({@code annotation iops-limit/read-iops}). */
    record Proposed(Rate rate, String origin) {}

    /** Something wrong in what a pod's owner wrote: it costs that key only. */
    record Problem(String key, String value, String expected) {}

    /**
     * What a policy says.
     *
     * @param numbers a number that is not in it is abstained from
     */
    record Proposal(Map<LimitKey, Proposed> numbers, List<Problem> problems) {
        public static final Proposal ABSTAIN = new Proposal(Map.of(), List.of());

        public Proposal {
            numbers = numbers.isEmpty() ? Map.of() : java.util.Collections.unmodifiableMap(new EnumMap<>(numbers));
            problems = List.copyOf(problems);
        }
    }

    /** Makes a {@link LimitPolicy}; all that are supported are used. */
    interface Factory extends Provider<LimitPolicy> {}
}
