/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.spi.StateStore;
import io.diskguard.testkit.fault.Fault;
import io.diskguard.testkit.fault.FaultPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong while a guard is put together. */
class AssemblyTest {
    private static final Duration RESYNCS = Duration.ofSeconds(65);

    private final FaultPlan atStart = new FaultPlan();

    private void plan(String operation, Fault fault) {
        atStart.at(Borders.port(operation), Borders.method(operation), fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PodSource.onChange(Consumer)", "PodCgroups.onAppeared(Consumer)"})
    void aSourceThatNeverTellsIsLookedAtAtEachResync(String operation) {
        plan(operation, Fault.garbage(null));

        converges();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LimitPolicy.phase()", "LimitPolicy.order()", "LimitPolicy.name()"})
    void aPolicyThatCannotBePlacedIsLeftOutAndTheOthersDecide(String operation) {
        for (var fault :
                new Fault[] {Fault.garbage(null), Fault.fail(() -> new NoClassDefFoundError("com/example/Missing"))}) {
            var plan = new FaultPlan();
            plan.at(Borders.port(operation), Borders.method(operation), fault);
            try (var scene = Scene.startingWith(plan)) {
                scene.settle().change().drive(RESYNCS);

                assertThat(scene.ledger.differences(Scene.WELL)).isEmpty();
            }
        }
    }

    @Test
    void aSourceThatCannotBeToldToCountIsToldOfAndAskedAgain() {
        plan(
                "IoStatsSource.startCounting(DeviceId)",
                Fault.fail(() -> new IllegalStateException("broken for the test")));

        try (var scene = Scene.startingWith(atStart)) {
            scene.settle();
            assertThat(scene.heard.lines()).anyMatch(line -> line.startsWith("countingOff"));
            atStart.end();
            scene.change().drive(RESYNCS);

            assertThat(scene.ledger.violations()).isEmpty();
            assertThat(scene.ledger.differences(Scene.WELL)).isEmpty();
        }
    }

    @Test
    void aStateStoreThatKeepsNothingCostsNoLimit() {
        for (var fault : List.of(
                Fault.fail(() -> new NoClassDefFoundError("com/example/Missing")),
                Fault.garbage(null),
                Fault.garbage(CompletableFuture.completedFuture(null)),
                Fault.garbage(CompletableFuture.failedFuture(new IllegalStateException("broken for the test"))))) {
            var plan = new FaultPlan().at(StateStore.class, "patch", fault);
            try (var scene = Scene.startingWith(plan).settle()) {
                assertThat(plan.met()).isPositive();
                assertThat(scene.ledger.differences()).isEmpty();
                scene.drive(RESYNCS);
                assertThat(scene.heard.lines()).anyMatch(line -> line.startsWith("stateNotStored"));
            }
        }
    }

    @Test
    void withoutAWatchTheTreeIsSearched() {
        plan("CgroupFs.openWatch()", Fault.garbage(Optional.empty()));

        converges();
    }

    @Test
    void whoPutsItTogetherHearsOfAPortThatFails() {
        plan("PodSource.onChange(Consumer)", Fault.fail(() -> new IllegalStateException("broken for the test")));

        assertThatThrownBy(() -> Scene.startingWith(atStart)).hasMessage("broken for the test");
    }

    private void converges() {
        try (var scene = Scene.startingWith(atStart)) {
            scene.settle().change().drive(RESYNCS);

            assertThat(scene.ledger.violations()).isEmpty();
            assertThat(scene.ledger.differences()).isEmpty();
            assertThat(atStart.met()).isPositive();
        }
    }
}
