/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.agent.node.StopSignal;
import io.diskguard.simulator.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LoopsTest {
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private final ManualClock clock = new ManualClock();
    private int readings;

    /** Time passes while it waits for a key. */
    private final class FakeScreen implements Screen {
        final Deque<Key> keys = new ArrayDeque<>();
        final List<String> shown = new ArrayList<>();
        Size size = new Size(80, 24);
        int waits;
        boolean isClosed;

        @Override
        public Size size() {
            return size;
        }

        @Override
        public Optional<Key> key(Duration atMost) {
            clock.advance(atMost);
            // Four seconds, then what is pressed
            return ++waits <= 20 ? Optional.empty() : Optional.of(keys.remove());
        }

        @Override
        public void show(List<Line> lines) {
            shown.add(lines.get(0).text() + lines.size());
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    @Test
    void theTableIsReadOnceAnIntervalAndFollowsTheWindow() throws Exception {
        var screen = new FakeScreen();
        screen.keys.add(Key.letter('q'));
        interactive(screen, new StopSignal()).run(View.FIRST);
        assertThat(readings).isEqualTo(3);
        assertThat(screen.shown).hasSizeGreaterThan(20).allSatisfy(line -> assertThat(line)
                .endsWith("24"));
    }

    @Test
    void aSignalEndsItWithoutAKey() throws Exception {
        var stop = new StopSignal();
        stop.request();
        var screen = new FakeScreen();
        interactive(screen, stop).run(View.FIRST);
        assertThat(screen.shown).isEmpty();
    }

    @Test
    void aPausedTableStandsStill() throws Exception {
        var screen = new FakeScreen();
        screen.keys.add(Key.letter('q'));
        interactive(screen, new StopSignal()).run(View.FIRST.paused(true));
        assertThat(screen.shown.stream().distinct()).hasSize(1);
    }

    @Test
    void printingIsInStepAndEndsAfterTheCount() throws Exception {
        var waited = new ArrayList<Duration>();
        var batch = new Batch(
                () -> {
                    clock.advance(Duration.ofMillis(300));
                    return read();
                },
                clock,
                atMost -> {
                    waited.add(atMost);
                    clock.advance(atMost);
                    return false;
                },
                TWO_SECONDS);
        batch.run(OptionalInt.of(3), reading -> true);
        assertThat(readings).isEqualTo(4);
        assertThat(waited).containsExactly(TWO_SECONDS, Duration.ofMillis(1700), Duration.ofMillis(1700));
    }

    @Test
    void printingEndsWhereNobodyReads() throws Exception {
        var batch = new Batch(this::read, clock, atMost -> false, TWO_SECONDS);
        batch.run(OptionalInt.empty(), reading -> false);
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void coloursAreWhereTheTerminalHasThemAndTheyAreWanted() {
        var hot = Line.of("x", Ink.HOT).and("y", Ink.COOL).and("z", Ink.HEADER);
        assertThat(Ansi.of(Map.of("TERM", "xterm-256color")).text(hot))
                .isEqualTo("\u001b[1;31mx\u001b[0m\u001b[32my\u001b[0m\u001b[7mz\u001b[0m");
        for (var plain : List.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), Map.of("TERM", "vt100"))) {
            assertThat(Ansi.of(plain).text(hot)).isEqualTo("\u001b[1mx\u001b[0my\u001b[7mz\u001b[0m");
        }
        assertThat(Ansi.of(Map.of("TERM", "dumb")).isThere()).isFalse();
        assertThat(Ansi.of(Map.of()).isThere()).isFalse();
    }

    @Test
    void anUnknownColumnIsRefused() {
        assertThatThrownBy(() -> new Top(TWO_SECONDS, "nope", false, Optional.empty(), false, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Interactive interactive(Screen screen, StopSignal stop) {
        return new Interactive(this::read, screen, false, clock, stop, TWO_SECONDS);
    }

    private Reading read() {
        readings++;
        var one = Seen.few();
        return new Reading(
                Optional.of("reading " + readings),
                one.at(),
                one.interval(),
                one.pods(),
                one.pressure(),
                one.disks(),
                one.rows(),
                one.troubles());
    }
}
