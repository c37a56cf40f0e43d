/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.benchmarks.host.ProcessStatus;
import io.diskguard.e2e.churn.Report;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a soak of an hour passes with, and what not. */
class SoakVerdictTest {
    private static final Soak.Rest BEFORE = rest(34, 93, 256, 14.3);

    private final Report report = new Report(new PrintStream(OutputStream.nullOutputStream()));

    private static Soak.Rest rest(int threads, int descriptors, int watches, double heap) {
        return new Soak.Rest(Map.of("threads", threads, "descriptors", descriptors, "watches", watches), heap);
    }

    private boolean passes(Soak.Rest after) {
        new SoakVerdict(report, List.of(), 60).rest(BEFORE, after);
        return report.end();
    }

    private static DoubleUnaryOperator always(double value) {
        return minute -> value;
    }

    /** With so many descriptors and so much memory at each minute, and two megabytes more of compiled code an hour. */
    private boolean passes(int minutes, DoubleUnaryOperator descriptors, DoubleUnaryOperator memory) {
        var samples = IntStream.rangeClosed(0, minutes)
                .mapToObj(minute -> {
                    var compiled = 10 + minute / 30.0;
                    var anonymous = compiled + memory.applyAsDouble(minute);
                    return new SoakSample(
                            minute,
                            new ProcessStatus(120, 110, anonymous, 34, minute),
                            compiled,
                            new OpenFiles(Map.of("file", (int) descriptors.applyAsDouble(minute)), 256));
                })
                .toList();
        new SoakVerdict(report, samples, minutes).flatness();
        return report.end();
    }

    @Test
    void whoHoldsAsMuchAsBeforeOrLessPasses() {
        assertThat(passes(BEFORE)).isTrue();
        assertThat(passes(rest(30, 90, 250, 12))).isTrue();
        assertThat(passes(rest(38, 93, 256, 15.2)))
                .as("a pool's threads, and half a megabyte")
                .isTrue();
    }

    @Test
    void oneDescriptorMoreIsALeak() {
        assertThat(passes(rest(34, 94, 256, 14.3))).isFalse();
    }

    @Test
    void oneWatchMoreIsALeak() {
        assertThat(passes(rest(34, 93, 257, 14.3))).isFalse();
    }

    @Test
    void moreThreadsThanAPoolHasAreALeak() {
        assertThat(passes(rest(39, 93, 256, 14.3))).isFalse();
    }

    @Test
    void moreThanAMegabyteOfLiveHeapIsALeak() {
        assertThat(passes(rest(34, 93, 256, 15.4))).isFalse();
    }

    @Test
    void compiledCodeMayGrow() {
        assertThat(passes(60, always(93), always(52))).isTrue();
    }

    @Test
    void otherMemoryMayNot() {
        assertThat(passes(60, always(93), minute -> 52 + minute / 10)).isFalse();
    }

    @Test
    void aDescriptorEachTenMinutesIsTooMany() {
        assertThat(passes(60, minute -> 93 + minute / 10, always(52))).isFalse();
    }

    @Test
    void fewMinutesAreNotJudged() {
        assertThat(passes(5, minute -> 93 + minute, always(52))).isTrue();
    }
}
