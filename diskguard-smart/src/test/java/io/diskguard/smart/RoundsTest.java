/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.policy.smart.Watched;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.IoStatsSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who counts may be exchanged below: it is told to begin, and nothing is told twice. */
class RoundsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Disk DISK = new Disk(new DeviceId(259, 0), "nvme0n1");

    private final SimulatedNode node = SimulatedNode.v2();
    private final List<String> told = new ArrayList<>();
    private final Roster roster = new Roster();
    private int started;
    private String off = "";
    private final IoStatsSource stats = new IoStatsSource() {
        @Override
        public Counting startCounting(DeviceId disk) {
            started++;
            return off.isEmpty() ? Counting.COUNTS : new Counting.Off(off);
        }

        @Override
        public Sample sample(CgroupPath cgroup, Sink sink) {
            return Sample.GONE;
        }

        @Override
        public void close() {}
    };
    private final Rounds rounds = new Rounds(
            node.environment(),
            Optional.of(new Rounds.Source(stats, Optional.empty())),
            MINUTE,
            false,
            (disk, reason) -> told.add(reason),
            disk -> told.add("counts again"));

    @BeforeEach
    void aContainerRuns() {
        var container = new Container("app", "image", ContainerKind.MAIN, Optional.empty());
        var pod = new Pod("uid", "shop", "web", QosClass.BURSTABLE, Map.of(), Map.of(), List.of(container));
        roster.put(
                pod,
                List.of(new Watched(pod, container, new CgroupPath("/kubepods/app"), List.of(DiskUse.guarded(DISK)))),
                Set.of());
    }

    @AfterEach
    void close() {
        node.close();
    }

    private void round() {
        rounds.step(roster, () -> true);
        node.advance(MINUTE);
    }

    @Test
    void whoCountsFromNowOnIsToldToBegin() {
        round();
        round();
        assertThat(started).isEqualTo(1);
        rounds.reconfigure(MINUTE, false);
        round();
        round();
        assertThat(started).isEqualTo(2);
    }

    @Test
    void theSameTroubleIsNotToldAgain() {
        off = "no permission";
        round();
        rounds.reconfigure(MINUTE, true);
        round();
        assertThat(told).containsExactly("no permission");
        off = "";
        round();
        assertThat(told).containsExactly("no permission", "counts again");
        off = "no permission";
        round();
        assertThat(told).as("it counts as far as anybody knows").hasSize(2);
        rounds.reconfigure(MINUTE, true);
        round();
        assertThat(told).containsExactly("no permission", "counts again", "no permission");
    }
}
