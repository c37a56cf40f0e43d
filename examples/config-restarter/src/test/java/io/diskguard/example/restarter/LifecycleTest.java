/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private static final OptionalInt UNKNOWN = OptionalInt.empty();
    private static final Phase WAITING = new Phase.Waiting();
    private static final Phase RUNNING = new Phase.Running();
    private static final Event CHANGED = new Event.Changed();
    private static final Event GONE = new Event.Gone();
    private static final Event DEADLINE = new Event.Deadline();
    private static final Event TERM = new Event.Stop(15);

    private final Lifecycle restarting = new Lifecycle(UNKNOWN);

    @Test
    void aChangeEndsTheOldGroupAndOnlyItsEndStartsTheNew() {
        assertThat(steps(RUNNING, CHANGED))
                .isEqualTo(step(new Phase.Ending(true, false, UNKNOWN), new Action.Terminate()));
        assertThat(steps(RUNNING, CHANGED, new Event.Ended(0)))
                .isEqualTo(step(new Phase.Ending(true, false, OptionalInt.of(0)), new Action.Terminate()));
        assertThat(steps(RUNNING, CHANGED, new Event.Ended(0), GONE))
                .isEqualTo(step(RUNNING, new Action.Terminate(), new Action.Spawn()));
    }

    @Test
    void aGroupThatIgnoresSigtermIsKilledAndStillAwaited() {
        var killed = steps(RUNNING, CHANGED, DEADLINE);
        assertThat(killed)
                .isEqualTo(step(new Phase.Ending(true, true, UNKNOWN), new Action.Terminate(), new Action.Kill()));
        assertThat(steps(killed.next(), DEADLINE, DEADLINE).next()).isEqualTo(killed.next());
        assertThat(steps(killed.next(), new Event.Ended(137), GONE)).isEqualTo(step(RUNNING, new Action.Spawn()));
    }

    @Test
    void theNewIsNotStartedBeforeTheEndOfTheOldWasTold() {
        assertThat(steps(RUNNING, CHANGED, GONE).actions()).containsExactly(new Action.Terminate());
    }

    @Test
    void changesDuringARestartAreThatRestart() {
        assertThat(steps(RUNNING, CHANGED, CHANGED, new Event.Ended(0), CHANGED, GONE))
                .isEqualTo(step(RUNNING, new Action.Terminate(), new Action.Spawn()));
    }

    @Test
    void sigtermDuringARestartIsHeardAtOnceAndNothingIsStarted() {
        assertThat(steps(RUNNING, CHANGED, TERM, new Event.Ended(143), CHANGED, GONE))
                .isEqualTo(step(new Phase.Done(143), new Action.Terminate()));
        assertThat(steps(RUNNING, CHANGED, new Event.Ended(0), TERM, GONE))
                .isEqualTo(step(new Phase.Done(0), new Action.Terminate()));
    }

    @Test
    void sigtermEndsTheChildBySigtermAndItsCodeIsTheAnswer() {
        assertThat(steps(RUNNING, TERM, TERM, new Event.Ended(7), GONE))
                .isEqualTo(step(new Phase.Done(7), new Action.Terminate()));
    }

    @Test
    void aChildThatEndsByItselfIsTheEndOfAllOfIt() {
        assertThat(steps(RUNNING, new Event.Ended(3), CHANGED, GONE))
                .isEqualTo(step(new Phase.Done(3), new Action.Terminate()));
        assertThat(steps(RUNNING, new Event.Ended(3), DEADLINE, GONE))
                .isEqualTo(step(new Phase.Done(3), new Action.Terminate(), new Action.Kill()));
    }

    @Test
    void whatEvenSigkillDoesNotEndDoesNotKeepTheSupervisor() {
        assertThat(steps(RUNNING, TERM, DEADLINE, DEADLINE).next()).isEqualTo(new Phase.Done(137));
        assertThat(steps(RUNNING, TERM, new Event.Ended(0), DEADLINE, DEADLINE).next())
                .isEqualTo(new Phase.Done(0));
    }

    @Test
    void theChildIsStartedWithoutAFileOrOnceThereIsOne() {
        assertThat(steps(WAITING, new Event.Start())).isEqualTo(step(RUNNING, new Action.Spawn()));
        assertThat(steps(WAITING, CHANGED)).isEqualTo(step(RUNNING, new Action.Spawn()));
        assertThat(steps(WAITING, new Event.Stop(2))).isEqualTo(step(new Phase.Done(130)));
        assertThat(steps(WAITING, new Event.Received(1))).isEqualTo(step(WAITING));
    }

    @Test
    void aChildThatCannotBeStartedIsTheEnd() {
        assertThat(steps(RUNNING, new Event.CannotStart(127)).next()).isEqualTo(new Phase.Done(127));
    }

    @Test
    void aSignalInsteadOfARestart() {
        var reloading = new Lifecycle(OptionalInt.of(1));
        assertThat(reloading.on(RUNNING, CHANGED)).isEqualTo(step(RUNNING, new Action.Pass(1)));
        assertThat(reloading.on(WAITING, CHANGED)).isEqualTo(step(RUNNING, new Action.Spawn()));
    }

    @Test
    void signalsAreForAChildThatRuns() {
        assertThat(steps(RUNNING, new Event.Received(12))).isEqualTo(step(RUNNING, new Action.Pass(12)));
        assertThat(steps(RUNNING, TERM, new Event.Received(12)).actions()).containsExactly(new Action.Terminate());
    }

    @Test
    void nothingHappensAfterTheEnd() {
        var done = new Phase.Done(5);
        for (var event : List.of(
                new Event.Start(),
                CHANGED,
                new Event.Ended(0),
                GONE,
                DEADLINE,
                TERM,
                new Event.Received(1),
                new Event.CannotStart(127))) {
            assertThat(steps(done, event)).isEqualTo(step(done));
        }
    }

    /** All actions on the way, and where it leads. */
    private Lifecycle.Step steps(Phase phase, Event... events) {
        var actions = new ArrayList<Action>();
        for (var event : events) {
            var step = restarting.on(phase, event);
            phase = step.next();
            actions.addAll(step.actions());
        }
        return new Lifecycle.Step(phase, actions);
    }

    private static Lifecycle.Step step(Phase phase, Action... actions) {
        return new Lifecycle.Step(phase, List.of(actions));
    }
}
