/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.smart.Restore.Restored;
import io.diskguard.smart.state.Remembered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestoreTest {
    private static final Disk SDA = new Disk(new DeviceId(8, 0), "sda");
    private static final Disk SDB = new Disk(new DeviceId(8, 16), "sdb");
    private static final Map<Disk, String> DISKS = Map.of(SDA, "wwn-a", SDB, "wwn-b");
    private static final Set<String> CONTAINERS = Set.of("web", "db");
    private static final SmartLimit ONE = limit(300);
    private static final SmartLimit OTHER = limit(200);

    @Test
    void aMarkedLimitGoesOnWithoutAnyAnnotation() {
        assertThat(restore(Remembered.NOTHING, Map.of("web", Map.of(SDA.id(), ONE)), Set.of("web")))
                .containsExactly(new Restored("web", SDA, ONE, true));
    }

    @Test
    void theMarkIsBelievedRatherThanAnAnnotation() {
        assertThat(restore(exact("web", OTHER), Map.of("web", Map.of(SDA.id(), ONE)), Set.of("web")))
                .containsExactly(new Restored("web", SDA, ONE, true));
    }

    @Test
    void anAnnotationDoesNotLimitAContainerWhoseMarkKnowsNoSmartLimit() {
        assertThat(restore(exact("web", ONE), Map.of(), Set.of("web"))).isEmpty();
    }

    @Test
    void aContainerWithoutAMarkGetsBackWhatItsAnnotationSays() {
        assertThat(restore(exact("web", ONE), Map.of("db", Map.of(SDB.id(), OTHER)), Set.of("db")))
                .containsExactly(new Restored("db", SDB, OTHER, true), new Restored("web", SDA, ONE, false));
    }

    @Test
    void aLimitForEveryContainerIsForEachThatHasNoMarkOnEachDisk() {
        var every = new Remembered(Map.of(), Optional.of(ONE), Optional.empty(), true, List.of());

        assertThat(restore(every, Map.of(), Set.of("db")))
                .containsExactly(new Restored("web", SDA, ONE, false), new Restored("web", SDB, ONE, false));
    }

    @Test
    void containersAndDisksThatThePodHasNoMoreAreLeftOut() {
        assertThat(restore(exact("gone", ONE), Map.of("away", Map.of(SDA.id(), ONE)), Set.of("away")))
                .isEmpty();
        assertThat(restore(Remembered.NOTHING, Map.of("web", Map.of(new DeviceId(8, 32), ONE)), Set.of("web")))
                .isEmpty();
    }

    private static List<Restored> restore(
            Remembered remembered, Map<String, Map<DeviceId, SmartLimit>> inMarks, Set<String> marked) {
        return Restore.of(remembered, inMarks, marked, CONTAINERS, DISKS);
    }

    private static Remembered exact(String container, SmartLimit onSda) {
        return new Remembered(
                Map.of(container, Map.of("wwn-a", onSda)), Optional.empty(), Optional.empty(), true, List.of());
    }

    private static SmartLimit limit(long riops) {
        var rates = IoLimit.UNLIMITED.with(LimitKey.RIOPS, Rate.perSecond(riops));
        return new SmartLimit("15m", Instant.EPOCH, rates, Duration.ofMinutes(5), "");
    }
}
