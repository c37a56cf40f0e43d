/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.disks;

import static io.diskguard.e2e.scenarios.disks.Limits.limit;
import static io.diskguard.model.LimitKey.WBPS;
import static io.diskguard.model.LimitKey.WIOPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.diskguard.e2e.scenarios.machine.Accuracy;
import io.diskguard.e2e.scenarios.machine.Accuracy.Expected;
import io.diskguard.e2e.scenarios.machine.Meter;
import io.diskguard.e2e.scenarios.machine.Meter.Place;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Limits that are set, raised, lowered, replaced and lifted while there is load. */
public final class LiveChangeTest {
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final IoLimit NONE = IoLimit.UNLIMITED;

    /** Five loads at once are more than an emulated machine has for them while something else is computed beside. */
    private static final Duration LET_RUN = Duration.ofSeconds(30);

    public LiveChangeTest() {}

    /** What a disk's load is under, before and after. */
    private record Change(String what, IoLimit before, IoLimit after, LimitKey key, long perSecond) {}

    private static final List<Change> CHANGES = List.of(
            new Change("set", NONE, limit(WIOPS, 20), WIOPS, 20),
            new Change("raised", limit(WIOPS, 20), limit(WIOPS, 40), WIOPS, 40),
            new Change("lowered", limit(WIOPS, 40), limit(WIOPS, 20), WIOPS, 20),
            new Change("raised from the least", limit(WIOPS, 2), limit(WIOPS, 20), WIOPS, 20),
            new Change("replaced", limit(WIOPS, 20), limit(WBPS, 30 * Loads.PAGE), WBPS, 30 * Loads.PAGE));

    @Test
    void aChangeHoldsFromThenOnAndWhatIsLiftedRunsFree(TestReporter figures) {
        try (var loads = new Loads()) {
            var places = new ArrayList<Place>();
            for (int i = 0; i < CHANGES.size(); i++) {
                var volume = loads.volumes(i).get(0);
                var place = loads.limited(volume, CHANGES.get(i).before());
                loads.writes(place.cgroup(), volume, Loads.PAGE);
                places.add(place);
            }
            var meter = new Meter(loads.cgroups());
            Meter.pass(MOMENT);
            var before = meter.over(MOMENT, places);
            assertThat(before).allSatisfy(rates -> assertThat(rates.wiops()).isPositive());
            assertThat(before.get(0).wiops()).as("free").isGreaterThan(3 * 20);

            var expected = new ArrayList<Expected>();
            for (int i = 0; i < CHANGES.size(); i++) {
                var change = CHANGES.get(i);
                loads.limit(places.get(i).cgroup(), places.get(i).disk(), change.after());
                expected.add(new Expected(change.what(), places.get(i), change.key(), change.perSecond()));
            }
            new Accuracy(loads.cgroups(), figures).assertKept(expected);

            places.forEach(place -> loads.limit(place.cgroup(), place.disk(), NONE));
            await("all are far beyond what they were limited to")
                    .atMost(LET_RUN)
                    .untilAsserted(() -> {
                        var after = meter.over(MOMENT, places);
                        figures.publishEntry(
                                "lifted, all at once, wiops",
                                after.stream()
                                                .map(rates -> Math.round(rates.wiops()))
                                                .toList() + "");
                        assertThat(after)
                                .allSatisfy(rates -> assertThat(rates.wiops()).isGreaterThan(3 * 40));
                    });
        }
    }
}
