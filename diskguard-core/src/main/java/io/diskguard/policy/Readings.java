/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import io.diskguard.annotation.AnnotationReader;
import io.diskguard.annotation.Reading;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.spi.LimitPolicy.Proposal;
import io.diskguard.spi.LimitPolicy.Proposed;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The readings of the pods asked about last: annotations are parsed once a change, not once a plan. Thread-safe. */
final class Readings {
    /** Twice what a kubelet runs at most by its documentation. */
    static final int MOST = 512;

    private static final DiskUse ANY_DISK = DiskUse.guarded(new Disk(new DeviceId(0, 0), "any"));

    private final AnnotationReader reader;
    private final Map<String, Read> byUid = new LinkedHashMap<>(16, 0.75f, true);

    Readings(AnnotationReader reader) {
        this.reader = reader;
    }

    /** @param flat what holds for every container on each configured disk; empty if that differs */
    record Read(Map<String, String> annotations, Reading reading, Optional<Proposal> flat) {}

    synchronized Read of(Pod pod) {
        var known = byUid.get(pod.uid());
        if (known != null && known.annotations() == pod.annotations()) {
            return known;
        }
        var read = known != null && known.annotations().equals(pod.annotations())
                ? new Read(pod.annotations(), known.reading(), known.flat())
                : read(pod.annotations());
        byUid.put(pod.uid(), read);
        if (byUid.size() > MOST) {
            byUid.remove(byUid.keySet().iterator().next());
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

    static Proposal proposal(Reading reading, Optional<String> container, DiskUse use) {
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
