/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.reload.ReloadLog.Message;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ReloadLogTest {
    private final Rig rig = new Rig(Map.of("container_write_iops_limit", 500));

    @Test
    void whatWasPutInForceIsOneLineAndWhatWaitsAWarning() {
        var reload = rig.reads(Map.of("container_write_iops_limit", 200, "node_name", "node-1"));

        assertThat(ReloadLog.messages(reload))
                .containsExactly(
                        new Message(
                                Level.INFO,
                                "configuration 1 applied: container_write_iops_limit 500 -> 200"
                                        + " (/etc/diskguard/config.yaml line 1); took 12 ms"),
                        new Message(
                                Level.WARN,
                                "configuration 1 waits for a restart: node_name not set -> node-1"
                                        + " (/etc/diskguard/config.yaml line 1)"));
    }

    @Test
    void ofManyProblemsTenAreSaid() {
        var reload = rig.reads(IntStream.range(0, 60).boxed().collect(Collectors.toMap(i -> "limit_" + i, i -> "5")));

        assertThat(ReloadLog.messages(reload)).singleElement().satisfies(message -> {
            assertThat(message.level()).isEqualTo(Level.WARN);
            assertThat(message.text().lines())
                    .hasSize(12)
                    .first()
                    .isEqualTo("configuration 1 rejected, what was in force goes on:");
            assertThat(message.text())
                    .contains("\n  limit_0 is \"5\" (/etc/diskguard/config.yaml line 1): expected a known key")
                    .endsWith("\n  and 50 more");
        });
    }

    @Test
    void aRollBackIsAnErrorWithItsReason() {
        rig.refuses("no disk for mount /srv");

        assertThat(ReloadLog.messages(rig.reads(Map.of("data_mounts", "/srv"))))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.level()).isEqualTo(Level.ERROR);
                    assertThat(message.text()).contains("no disk for mount /srv", "data_mounts not set -> /srv");
                });
    }

    @Test
    void aNewWarningIsSaid() {
        var reload = rig.reads(Map.of("container_write_iops_limit", 500, "max_iops_limit", 100));

        assertThat(ReloadLog.messages(reload))
                .hasSizeGreaterThan(1)
                .last()
                .matches(it -> it.level() == Level.WARN && it.text().contains("above the ceiling"));
    }
}
