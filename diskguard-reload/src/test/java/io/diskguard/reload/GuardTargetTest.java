/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.GuardConfig;
import io.diskguard.device.DeviceResolver;
import io.diskguard.model.DeviceId;
import io.diskguard.reload.ConfigTarget.Answer;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.testkit.GuardedNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardTargetTest {
    private static final DeviceId SECOND = new DeviceId(259, 7);

    private final GuardedNode node = GuardedNode.with();
    private final DeviceResolver resolver =
            new DeviceResolver(node.node().environment().paths());
    private final GuardConfig before = node.guard().config();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void theGuardWorksWithItFromItsNextTurnOn() {
        var next = before.toBuilder().checkInterval(Duration.ofSeconds(7)).build();

        assertThat(apply(next)).isInstanceOf(Answer.Applied.class);

        assertThat(node.guard().config()).isEqualTo(next);
    }

    @Test
    void aDiskThatIsNotThereIsRefusedAndTakenOnceItIs() {
        var next = naming(List.of("/data", "/srv"), List.of("nvme1n1"));

        assertThat(apply(next)).isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.reason())
                .contains("/srv", "nvme1n1"));
        assertThat(node.guard().config()).isEqualTo(before);

        node.node().addDisk(SimulatedDisk.nvme("nvme1n1", SECOND, "S2"));
        node.node().mount(SimulatedMount.of("/srv", SECOND, "ext4", "/dev/nvme1n1"));
        assertThat(apply(next)).isInstanceOf(Answer.Applied.class);
    }

    @Test
    void aDiskThatWasNamedBeforeMayBeAway() {
        var away = naming(List.of("/data", "/away"), List.of());

        assertThat(NewDisks.missing(away, naming(List.of("/away"), List.of()), resolver))
                .isEmpty();
        assertThat(NewDisks.missing(before, away, resolver)).isPresent();
    }

    @Test
    void whatNoLoopTakesIsRefusedAndNotTakenLater() {
        var next = before.toBuilder().checkInterval(Duration.ofSeconds(7)).build();
        var target = new GuardTarget(node.guard(), resolver, Duration.ZERO);

        assertThat(target.apply(next)).isInstanceOf(Answer.Refused.class);

        node.guard().turn();
        assertThat(node.guard().config()).isEqualTo(before);
    }

    @Test
    void aClosedGuardRefuses() {
        node.guard().close();

        assertThat(new GuardTarget(node.guard(), resolver)
                        .apply(before.toBuilder()
                                .checkInterval(Duration.ofSeconds(7))
                                .build()))
                .isInstanceOf(Answer.Refused.class);
    }

    private GuardConfig naming(List<String> mounts, List<String> devices) {
        return before.toBuilder().disks(before.disks().of(mounts, devices)).build();
    }

    private Answer apply(GuardConfig next) {
        var answer = CompletableFuture.supplyAsync(() -> new GuardTarget(node.guard(), resolver).apply(next));
        while (!answer.isDone()) {
            node.guard().turn();
        }
        return answer.join();
    }
}
