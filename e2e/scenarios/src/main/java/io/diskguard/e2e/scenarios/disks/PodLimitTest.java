/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.disks;

import static io.diskguard.e2e.scenarios.disks.Limits.limit;
import static io.diskguard.model.LimitKey.RBPS;
import static io.diskguard.model.LimitKey.WIOPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.e2e.scenarios.machine.Accuracy;
import io.diskguard.e2e.scenarios.machine.Accuracy.Expected;
import io.diskguard.e2e.scenarios.machine.Machine.Volume;
import io.diskguard.e2e.scenarios.machine.Meter;
import io.diskguard.e2e.scenarios.machine.Meter.Place;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.LimitKey;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Limits on a pod's cgroup and on its containers', in the kubelet's layout: the strictest on the path holds. */
public final class PodLimitTest {
    private static final long MIB = 1 << 20;

    public PodLimitTest() {}

    @Test
    void theContainersOfAPodShareItsLimitAndKeepToTheirOwn(TestReporter figures) {
        try (var loads = new Loads()) {
            var expected = new ArrayList<Expected>();
            var kubepods = loads.cgroups().parent().child("kubepods");
            var burstable = kubepods.child("burstable");
            List.of(kubepods, burstable).forEach(loads.cgroups()::make);

            var shared =
                    new Pod(loads, kubepods, 0, "shared by two").pod(WIOPS, 40).writes(expected);
            new Pod(loads, burstable, 1, "stricter container")
                    .pod(WIOPS, 80)
                    .first(WIOPS, 20)
                    .writes(expected)
                    .rest(WIOPS, 60, expected);
            new Pod(loads, burstable, 2, "looser container")
                    .pod(WIOPS, 30)
                    .looser(WIOPS, 300)
                    .writes(expected);
            new Pod(loads, burstable, 4, "stricter container")
                    .pod(RBPS, 4 * MIB)
                    .first(RBPS, MIB)
                    .reads(expected)
                    .rest(RBPS, 3 * MIB, expected);
            new Accuracy(loads.cgroups(), figures).assertKept(expected);
            shared.assertThatBothHaveTheirPart();
        }
    }

    /** A pod of two containers, with its load on one disk. */
    private static final class Pod {
        private final Loads loads;
        private final Volume volume;
        private final String what;
        private final CgroupPath pod;
        private final CgroupPath first;
        private final CgroupPath second;
        private final List<Expected> expected = new ArrayList<>();

        Pod(Loads loads, CgroupPath above, int volume, String what) {
            this.loads = loads;
            this.volume = loads.volumes(volume).get(0);
            this.what = what;
            pod = above.child("pod" + UUID.randomUUID());
            first = pod.child("a".repeat(64));
            second = pod.child("b".repeat(64));
            List.of(pod, first, second).forEach(loads.cgroups()::make);
        }

        Pod pod(LimitKey key, long perSecond) {
            return limited(pod, "the pod", key, perSecond);
        }

        Pod first(LimitKey key, long perSecond) {
            return limited(first, "the container", key, perSecond);
        }

        Pod looser(LimitKey key, long perSecond) {
            loads.limit(first, volume.disk(), limit(key, perSecond));
            return this;
        }

        private Pod limited(CgroupPath cgroup, String who, LimitKey key, long perSecond) {
            loads.limit(cgroup, volume.disk(), limit(key, perSecond));
            expected.add(new Expected(what + ": " + who, new Place(cgroup, volume.disk()), key, perSecond));
            return this;
        }

        Pod writes(List<Expected> all) {
            loads.writes(first, volume, Loads.PAGE);
            loads.writes(second, volume, Loads.PAGE);
            all.addAll(expected);
            return this;
        }

        Pod reads(List<Expected> all) {
            // two: after a read that waited for the pod, the container's own budget is a little late for one reader
            loads.reads(first, volume, Loads.LARGE);
            loads.reads(first, volume, Loads.LARGE);
            loads.reads(second, volume, Loads.LARGE);
            all.addAll(expected);
            return this;
        }

        void assertThatBothHaveTheirPart() {
            var meter = new Meter(loads.cgroups());
            var all = meter.counters(pod, volume.disk()).wios();
            assertThat(meter.counters(first, volume.disk()).wios()).isBetween(all / 4, all * 3 / 4);
        }

        /** What the other container comes to. */
        void rest(LimitKey key, long perSecond, List<Expected> all) {
            all.add(new Expected(what + ": the other", new Place(second, volume.disk()), key, perSecond));
        }
    }
}
