/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import io.diskguard.annotation.AnnotationReader;
import io.diskguard.model.Container;
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
        var answer =
                reader.read(subject.pod().annotations()).on(subject.container().map(Container::name), subject.use());
        if (answer.values().isEmpty() && answer.problems().isEmpty()) {
            return Proposal.ABSTAIN;
        }
        var numbers = new EnumMap<LimitKey, Proposed>(LimitKey.class);
        answer.values()
                .forEach((key, value) -> numbers.put(key, new Proposed(value.rate(), "annotation " + value.key())));
        return new Proposal(numbers, answer.problems());
    }
}
