/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import io.diskguard.annotation.AnnotationReader;
import io.diskguard.model.Container;
import io.diskguard.model.Pod;
import io.diskguard.spi.LimitPolicy;
import java.util.ArrayList;
import java.util.List;

/** What the pod's owner wrote into its annotations. */
final class AnnotationPolicy implements LimitPolicy {
    static final int ORDER = 100;

    private final Readings readings;

    AnnotationPolicy(String configuredPrefix) {
        readings = new Readings(new AnnotationReader(configuredPrefix));
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
        var read = readings.of(subject.pod());
        return subject.use().guarded() && read.flat().isPresent()
                ? read.flat().get()
                : Readings.proposal(read.reading(), subject.container().map(Container::name), subject.use());
    }

    PolicyChain.Named named(Pod pod) {
        var reading = readings.of(pod).reading();
        return reading.namesPlaces() || !reading.namedDevices().isEmpty()
                ? new PolicyChain.Named(reading.namedVolumes(), reading.namesRootfs(), reading.namedDevices())
                : PolicyChain.Named.NOTHING;
    }

    boolean isRemoved(Pod pod) {
        return readings.of(pod).reading().isRemoved();
    }

    List<Problem> problems(Pod pod) {
        var reading = readings.of(pod).reading();
        var problems = new ArrayList<>(reading.problems());
        problems.addAll(reading.check(pod));
        return problems;
    }
}
