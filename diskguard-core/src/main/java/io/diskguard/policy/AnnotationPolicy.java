/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import io.diskguard.annotation.AnnotationReader;
import io.diskguard.annotation.Reading;
import io.diskguard.model.Container;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.spi.LimitPolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the pod's owner wrote into its annotations. */
final class AnnotationPolicy implements LimitPolicy {
    static final int ORDER = 100;

    private static final DiskUse ANY_DISK = DiskUse.guarded(new Disk(new DeviceId(0, 0), "any"));

    private final AnnotationReader reader;

    // A plan asks pod by pod, for each container and disk: one pod's is enough to read each once
    private volatile Read last;

    /** @param flat what holds for every container on each configured disk; empty if that differs */
    private record Read(Map<String, String> annotations, Reading reading, Optional<Proposal> flat) {}

    AnnotationPolicy(String configuredPrefix) {
        reader = new AnnotationReader(configuredPrefix);
        last = read(Map.of());
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
        var read = read(subject.pod());
        return subject.use().guarded() && read.flat().isPresent()
                ? read.flat().get()
                : proposal(read.reading(), subject.container().map(Container::name), subject.use());
    }

    PolicyChain.Named named(Pod pod) {
        var reading = read(pod).reading();
        return reading.namesPlaces() || !reading.namedDevices().isEmpty()
                ? new PolicyChain.Named(reading.namesPlaces(), reading.namedDevices())
                : PolicyChain.Named.NOTHING;
    }

    List<Problem> problems(Pod pod) {
        var reading = read(pod).reading();
        var problems = new ArrayList<>(reading.problems());
        problems.addAll(reading.check(pod));
        return problems;
    }

    private Read read(Pod pod) {
        var read = last;
        if (read.annotations() != pod.annotations()) {
            read = read(pod.annotations());
            last = read;
        }
        return read;
    }

    private Read read(Map<String, String> annotations) {
        var reading = reader.read(annotations);
        var isFlat = reading.isUniform() && reading.namedDevices().isEmpty();
        return new Read(
                annotations,
                reading,
                isFlat ? Optional.of(proposal(reading, Optional.empty(), ANY_DISK)) : Optional.empty());
    }

    private static Proposal proposal(Reading reading, Optional<String> container, DiskUse use) {
        var answer = reading.on(container, use);
        if (answer.values().isEmpty() && answer.problems().isEmpty()) {
            return Proposal.ABSTAIN;
        }
        var numbers = new EnumMap<LimitKey, Proposed>(LimitKey.class);
        answer.values()
                .forEach((key, value) -> numbers.put(key, new Proposed(value.rate(), "annotation " + value.key())));
        return new Proposal(numbers, answer.problems());
    }
}
