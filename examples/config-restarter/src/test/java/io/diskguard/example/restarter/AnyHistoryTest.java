/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens in whatever order: a world of one child with its children, told of late. */
class AnyHistoryTest {
    private static final int HISTORIES = 4000;
    private static final int STEPS = 60;

    private Random random = new Random(0);
    private Phase phase = new Phase.Waiting();
    private final Deque<Event> untold = new ArrayDeque<>();
    private boolean leader;
    private int others;
    private int version;
    private int started;
    private OptionalInt ended = OptionalInt.empty();
    private boolean stopped;
    private boolean byItself;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void neverTwoChildrenNeverADeafSupervisorAlwaysTheNewestContent(long seed) {
        random = new Random(seed);
        for (var history = 0; history < HISTORIES; history++) {
            phase = new Phase.Waiting();
            untold.clear();
            leader = false;
            others = 0;
            version = 0;
            started = -1;
            ended = OptionalInt.empty();
            stopped = false;
            byItself = false;
            tell(new Event.Start());
            for (var step = 0; step < STEPS && !(phase instanceof Phase.Done); step++) {
                something();
            }
            settles();
        }
    }

    private void something() {
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                version++;
                untold.add(new Event.Changed());
            }
            case 2 -> leaderEnds(random.nextInt(4));
            case 3 -> others = leader ? others + 1 : others;
            case 4 -> others = Math.max(0, others - 1);
            case 5 -> untold.add(new Event.Received(1));
            case 6 -> {
                if (random.nextInt(4) == 0) {
                    untold.add(new Event.Stop(15));
                }
            }
            case 7 -> look(random.nextInt(4) == 0);
            default -> {
                if (!untold.isEmpty()) {
                    tell(untold.remove());
                }
            }
        }
    }

    /** Nothing else happens any more: then it rests, with a child that has the newest content, or is done. */
    private void settles() {
        for (var step = 0; step < 20 && !(phase instanceof Phase.Done); step++) {
            while (!untold.isEmpty()) {
                tell(untold.remove());
            }
            look(true);
        }
        if (phase instanceof Phase.Done done) {
            assertThat(stopped || byItself).isTrue();
            assertThat(done.code() == ended.orElse(137)).isTrue();
            assertThat(leader || others > 0).as("left behind").isFalse();
        } else {
            assertThat(phase).isEqualTo(new Phase.Running());
            assertThat(stopped).isFalse();
            assertThat(leader).isTrue();
            assertThat(started).as("content of the child").isEqualTo(version);
        }
    }

    private void look(boolean late) {
        if (phase instanceof Phase.Ending && !leader && others == 0) {
            tell(new Event.Gone());
        }
        if (late && phase instanceof Phase.Ending) {
            tell(new Event.Deadline());
        }
    }

    private void tell(Event event) {
        stopped |= event instanceof Event.Stop;
        byItself |= event instanceof Event.Ended && phase instanceof Phase.Running;
        if (event instanceof Event.Ended end) {
            ended = OptionalInt.of(end.code());
        }
        var step = new Lifecycle(OptionalInt.empty()).on(phase, event);
        phase = step.next();
        step.actions().forEach(this::act);
    }

    private void act(Action action) {
        if (action instanceof Action.Spawn) {
            assertThat(leader || others > 0).as("another one is there").isFalse();
            assertThat(stopped || byItself).as("was to end").isFalse();
            leader = true;
            started = version;
            ended = OptionalInt.empty();
        } else if (action instanceof Action.Terminate) {
            if (random.nextBoolean()) {
                leaderEnds(143);
            }
            others = random.nextBoolean() ? 0 : others;
        } else if (action instanceof Action.Kill) {
            leaderEnds(137);
            others = 0;
        }
    }

    private void leaderEnds(int code) {
        if (leader) {
            leader = false;
            untold.add(new Event.Ended(code));
        }
    }
}
