/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.IoCounters;
import io.diskguard.model.LimitKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A history goes on in another shape: of what it saw nothing is lost, nothing counts twice. */
class ReshapeTest {
    private static final int LIVES = 150;
    private static final Offset<Double> ROUNDING = Offset.offset(1e-3);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverTheShapesWhatIsToldIsWhatWasDone(long series) {
        for (var i = 0; i < LIVES; i++) {
            new Life(series * 1_000_003 + i).live();
        }
    }

    /** One container that never rests, sampled through changes of shape. */
    private static final class Life {
        private final long seed;
        private final Random random;
        private final TreeMap<Long, Long> done = new TreeMap<>();
        private final LoadHistory load;
        private HistoryShape shape;
        /** How much of the past is remembered, and how finely. */
        private long reach;

        private long grain;
        private long now;
        private long ops;

        Life(long seed) {
            this.seed = seed;
            random = new Random(seed);
            shape = shape();
            load = new LoadHistory(shape);
            // Milliseconds in 32 bits run over in many of them
            now = random.nextLong(1L << 33);
            grain = coarsest(shape);
        }

        private HistoryShape shape() {
            var interval = Duration.ofSeconds(1 + random.nextInt(random.nextBoolean() ? 10 : 90));
            var windows = new ArrayList<Duration>();
            for (var i = 0; i <= random.nextInt(3); i++) {
                windows.add(interval.multipliedBy(3 + random.nextInt(120)));
            }
            return HistoryShape.of(windows, interval);
        }

        void live() {
            for (var change = 0; change < 5; change++) {
                var rounds = random.nextInt(200);
                for (var i = 0; i < rounds; i++) {
                    sample();
                    check();
                }
                reshape();
                check();
            }
        }

        private void sample() {
            var jitter = random.nextInt(21) - 10;
            var interval = shape.interval().toMillis();
            now += interval + jitter;
            ops += random.nextInt(100_000);
            done.put(now, ops);
            load.sampled("source", "id", now * 1_000_000, new IoCounters(0, 0, ops, 0));
            reach = Math.min(reach + interval + jitter, shape.longest().toMillis());
            // What is newly remembered is as fine as the shape; what was not fades out with the longest window
        }

        private void reshape() {
            var next = random.nextInt(5) == 0 ? shape : shape();
            if (!next.equals(shape)) {
                reach = Math.min(reach, next.longest().toMillis());
                grain = Math.max(grain, coarsest(next));
            }
            shape = next;
            load.reshape(next);
        }

        private static long coarsest(HistoryShape of) {
            return of.spans().stream()
                            .mapToLong(span -> span.resolution().toMillis())
                            .max()
                            .orElseThrow()
                    + of.interval().toMillis();
        }

        private void check() {
            for (var span : shape.spans()) {
                var window = span.length();
                var told = load.over(window, now * 1_000_000);
                var known = Math.min(reach, window.toMillis());
                if (told.isEmpty()) {
                    assertThat(known).as("seed %d: nothing of %s", seed, window).isLessThanOrEqualTo(2 * grain);
                    continue;
                }
                var covered = told.get().covered().toMillis();
                assertThat(covered).as("seed %d: of %s", seed, window).isBetween(known - 2 * grain, window.toMillis());
                assertThat(done).as("seed %d: begins with a sample", seed).containsKey(now - covered);
                assertThat(told.get().rates().get(LimitKey.RIOPS))
                        .as("seed %d: over %s", seed, window)
                        .isCloseTo((ops - done.get(now - covered)) / (covered / 1e3), ROUNDING);
            }
        }
    }

    @Test
    void aLongerWindowIsJudgedByWhatWasSeenAlready() {
        var load = new LoadHistory(HistoryShape.of(minutes(10), Duration.ofMinutes(1)));
        var minute = 0;
        for (; minute <= 15; minute++) {
            sample(load, minute, 100L * 60 * minute);
        }
        load.reshape(HistoryShape.of(minutes(15, 30), Duration.ofMinutes(1)));
        var over = load.over(Duration.ofMinutes(15), nanos(15)).orElseThrow();
        assertThat(over.rates().get(LimitKey.RIOPS)).isEqualTo(100);
        assertThat(over.covered()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void theWindowThatStaysRemembersExactlyWhatItDid() {
        var hour = HistoryShape.of(minutes(10, 60), Duration.ofSeconds(7));
        var one = new LoadHistory(hour);
        var other = new LoadHistory(hour);
        var random = new Random(1);
        var ops = 0L;
        for (var second = 0L; second < 7200; second += 7) {
            ops += random.nextInt(10_000);
            for (var load : List.of(one, other)) {
                load.sampled("source", "id", second * 1_000_000_000, new IoCounters(0, 0, ops, 0));
            }
            if (second % 700 == 0) {
                other.reshape(HistoryShape.of(minutes(5, 10, 60, 120), Duration.ofSeconds(7)));
                other.reshape(hour);
            }
            for (var window : minutes(10, 60)) {
                assertThat(other.over(window, second * 1_000_000_000))
                        .as("%s at %d", window, second)
                        .isEqualTo(one.over(window, second * 1_000_000_000));
            }
        }
    }

    @Test
    void anEmptyHistoryStaysEmpty() {
        var load = new LoadHistory(HistoryShape.of(minutes(10), Duration.ofMinutes(1)));
        load.reshape(HistoryShape.of(minutes(5), Duration.ofSeconds(1)));
        assertThat(load.over(Duration.ofMinutes(5), 0)).isEmpty();
        assertThat(load.isStale(0)).isTrue();
    }

    private static void sample(LoadHistory load, int minute, long ops) {
        load.sampled("source", "id", nanos(minute), new IoCounters(0, 0, ops, 0));
    }

    private static long nanos(int minute) {
        return Duration.ofMinutes(minute).toNanos();
    }

    private static List<Duration> minutes(int... of) {
        return java.util.Arrays.stream(of).mapToObj(Duration::ofMinutes).toList();
    }
}
