/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.simulator.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorWaitsTest {
    private static final long AGENT = 7;
    private static final long SERVER = 8;

    @TempDir
    Path proc;

    private final ManualClock clock = new ManualClock();

    private ProcessorWaits waits() {
        return new ProcessorWaits(clock, proc, () -> List.of(AGENT, SERVER));
    }

    private void waited(long pid, int thread, double seconds) throws IOException {
        var task = Files.createDirectories(proc.resolve(pid + "/task/" + thread));
        Files.writeString(task.resolve("schedstat"), "1 %d 1\n".formatted((long) (seconds * 1e9)));
    }

    private long now() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void whatIsWaitedIsTheSecondNumber() {
        assertThat(ProcessorWaits.parse("3163013795 155163373502 7172\n")).isEqualTo(155163373502L);
    }

    @Test
    void onlyWhatWasWaitedSinceThenCounts() throws IOException {
        waited(AGENT, 1, 100);
        var waits = waits();
        waits.sample();
        clock.advance(Duration.ofSeconds(10));
        waited(AGENT, 1, 102);
        waits.sample();
        var then = now();
        clock.advance(Duration.ofSeconds(10));
        waited(AGENT, 1, 103);
        waited(SERVER, 1, 4);

        assertThat(waits.since(0)).isEqualTo(seconds(7));
        assertThat(waits.since(then)).isEqualTo(seconds(5));
    }

    @Test
    void manyThreadsThatWaitDoSoSideBySide() throws IOException {
        var waits = waits();
        waits.sample();
        clock.advance(Duration.ofSeconds(1));
        waited(AGENT, 1, 0.75);
        waited(AGENT, 2, 0.75);

        assertThat(waits.since(0)).isEqualTo(seconds(1));
    }

    @Test
    void nobodyIsExcusedForEver() throws IOException {
        var waits = waits();
        waits.sample();
        var begin = now();
        for (var second = 1; second <= 200; second++) {
            clock.advance(Duration.ofSeconds(1));
            waited(AGENT, 1, second);
            waited(SERVER, 1, second);
            waits.sample();
        }

        assertThat(waits.since(begin)).isEqualTo(seconds(400));
        assertThat(waits.excuse(begin)).isEqualTo(seconds(60));
    }

    @Test
    void whoeverIsGoneWaitsNoMoreAndARealProcessWaitsLessSinceNowThanSinceEver() {
        assertThat(waits().since(0)).isZero();
        var own = new ProcessorWaits(
                Clock.systemUTC(), () -> List.of(ProcessHandle.current().pid()));
        assertThat(own.since(0)).isNotNegative();
        assertThat(own.since(Long.MAX_VALUE)).isZero();
    }
}
