/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import io.diskguard.annotation.AnnotationReader;
import io.diskguard.model.LimitKey;
import io.diskguard.spi.LimitPolicy;
import java.util.EnumMap;

/** What the pod's owner wrote into its annotations. */
final class AnnotationPolicy implements LimitPolicy {
    static final int ORDER = 100;

    private final AnnotationReader reader;

    AnnotationPolicy(String configuredPrefix) {
        reader = new AnnotationReader(configuredPrefix);
    }

    @Override
    public Phase phase() {
        return Phase.BASE;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String name() {
        return "annotation";
    }

    @Override
    public Proposal propose(Subject subject) {
        var annotations = subject.pod().annotations();
        if (annotations.isEmpty()) {
            return Proposal.ABSTAIN;
        }
        var reading = reader.read(annotations);
        var numbers = new EnumMap<LimitKey, Proposed>(LimitKey.class);
        reading.values()
                .forEach((key, value) -> numbers.put(key, new Proposed(value.rate(), "annotation " + value.key())));
        return new Proposal(numbers, reading.problems());
    }
}
