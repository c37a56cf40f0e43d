/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.diskguard.agent.view.ContainerView;
import io.diskguard.agent.view.DiskStanding;
import io.diskguard.agent.view.LimitSource;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.testkit.Pods;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API, the page and the metrics show, seen over the agent as it is. */
class NodeViewTest {
    @TempDir
    Path directory;

    private LiveNode node;

    @BeforeEach
    void open() throws AgentException {
        node = new LiveNode(directory, true, Map.of());
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aLimitIsShownAsTheKernelHasItWithWhoItComesFrom() {
        node.run(Pods.pod("db")
                .annotation("iops-limit/write-iops", "200")
                .container("app")
                .build());

        var disk = onlyDisk();
        assertThat(disk.state()).isEqualTo(DiskStanding.State.HELD);
        assertThat(disk.kernel().toString()).isEqualTo("rbps=max wbps=max riops=500 wiops=200");
        assertThat(disk.source(LimitKey.WIOPS)).isEqualTo(LimitSource.ANNOTATION);
        assertThat(disk.source(LimitKey.RIOPS)).isEqualTo(LimitSource.DEFAULT);
        assertThat(disk.source(LimitKey.RBPS)).isEqualTo(LimitSource.NONE);
        assertThat(only().isLimited()).isTrue();
    }

    @Test
    void aLimitOfOthersIsShownAsTheirs() {
        node.run(Pods.pod("db")
                .annotation("iops-limit/iops", "0")
                .container("app")
                .build());
        assertThat(onlyDisk().state()).isEqualTo(DiskStanding.State.UNLIMITED);

        node.tamper(IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(100)));
        node.minutes(2);

        assertThat(onlyDisk().state()).isEqualTo(DiskStanding.State.FOREIGN);
        assertThat(onlyDisk().source(LimitKey.WIOPS)).isEqualTo(LimitSource.FOREIGN);
    }

    @Test
    void ratesAndTheLastHourAreShownBesideTheLimit() {
        node.runApp().writes(300).minutes(20);

        var disk = onlyDisk();
        assertThat(disk.rates().orElseThrow().wiops()).isEqualTo(300, within(10.0));
        assertThat(disk.counters().orElseThrow().wios()).isGreaterThan(300_000);
        var history = node.view().history(only(), LiveNode.DATA);
        assertThat(history).hasSizeBetween(18, 42);
        assertThat(history.get(history.size() - 1).rates().wiops()).isEqualTo(300, within(10.0));
        var trend = node.view().trend(only(), LiveNode.DATA, Duration.ofMinutes(15));
        assertThat(trend.orElseThrow().wiops()).isEqualTo(300, within(10.0));
    }

    @Test
    void anHourIsWhatIsRememberedHoweverLongItRuns() {
        node.runApp().writes(300).minutes(90).writes(0).minutes(62);

        assertThat(node.view().history(only(), LiveNode.DATA)).isEmpty();
        assertThat(onlyDisk().rates().orElseThrow().wiops()).isZero();
    }

    @Test
    void aContainerIsGoneWithItsPod() {
        node.runApp();
        assertThat(node.view().containers()).hasSize(1);

        node.simulated().removePod("uid-db");

        assertThat(node.view().containers()).isEmpty();
    }

    @Test
    void whatThePodsOwnerWroteWrongIsShownUntilItIsRight() {
        node.run(Pods.pod("db")
                .annotation("iops-limit/iops", "many")
                .container("app")
                .build());
        assertThat(node.view().troubles()).singleElement().satisfies(trouble -> assertThat(trouble.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.value()).isEqualTo("many")));
        node.minutes(3);
        assertThat(node.view().troubles()).hasSize(1);

        node.run(Pods.pod("db")
                .annotation("iops-limit/iops", "5")
                .container("app")
                .build());

        assertThat(node.view().troubles()).isEmpty();
    }

    @Test
    void theConfiguredDisksAreShownWithTheMountThatNamesThem() {
        node.pass(Duration.ofSeconds(1));

        assertThat(node.view().disks()).singleElement().satisfies(disk -> {
            assertThat(disk.disk().id()).isEqualTo(LiveNode.DATA);
            assertThat(disk.where()).containsExactly("/data");
        });
    }

    private ContainerView only() {
        return node.view().containers().get(0);
    }

    private DiskStanding onlyDisk() {
        return only().disks().get(0);
    }
}
