/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.watch.FileState.Absent;
import io.diskguard.watch.FileState.Present;
import io.diskguard.watch.FileState.TooLong;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** At the defaults, on a clock that is turned by hand; it may be close to its overflow. */
class DebounceTest {
    private static final FileState A = content("a", 1);
    private static final FileState B = content("b", 2);

    private final long start = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2);
    private final Debounce debounce = new Debounce(FileWatch.Settings.DEFAULT, A, start);

    private static FileState content(String text, int key) {
        return new Present("key " + key, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private long at(long millis) {
        return start + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private Optional<FileState> saw(FileState state, long millis) {
        return debounce.saw(state, at(millis));
    }

    private long rest(boolean event, long millis) {
        return TimeUnit.NANOSECONDS.toMillis(debounce.rest(event, at(millis)));
    }

    @Test
    void aChangeIsToldWhenItStayedForTheDebounce() {
        assertThat(saw(B, 100)).isEmpty();
        assertThat(rest(false, 100)).isEqualTo(500);
        assertThat(saw(B, 599)).isEmpty();
        assertThat(saw(B, 600)).contains(B);
        assertThat(saw(B, 700)).isEmpty();
    }

    @Test
    void eachFurtherChangeStartsTheDebounceAnew() {
        saw(B, 0);
        var c = content("c", 2);
        assertThat(saw(c, 400)).isEmpty();
        assertThat(saw(c, 899)).isEmpty();
        assertThat(saw(c, 900)).contains(c);
    }

    @Test
    void whatNeverRestsIsToldAtLast() {
        for (var i = 0; i < 10; i++) {
            assertThat(saw(content("b" + i, 2), i * 300)).isEmpty();
        }
        assertThat(rest(false, 2_900)).isEqualTo(100);
        var last = content("last", 2);
        assertThat(saw(last, 3_000)).contains(last);
    }

    @Test
    void whatIsHalfWrittenIsNeverToldHoweverLong() {
        saw(B, 0);
        for (var i = 1; i < 100; i++) {
            assertThat(saw(Look.CHANGING, i * 400)).isEmpty();
            assertThat(rest(false, i * 400)).isPositive();
        }
        assertThat(saw(B, 40_000)).contains(B);
    }

    @Test
    void aStateThatCameBackIsNoChange() {
        saw(B, 0);
        assertThat(saw(content("a", 3), 200)).isEmpty();
        assertThat(debounce.isPending()).isFalse();
        assertThat(saw(content("a", 4), 4_000)).isEmpty();
        assertThat(saw(B, 5_000)).isEmpty();
        assertThat(saw(B, 5_500)).contains(B);
    }

    @Test
    void anotherFileOfTheSameContentIsNoChange() {
        assertThat(saw(content("a", 9), 5_000)).isEmpty();
        assertThat(debounce.isPending()).isFalse();
    }

    @Test
    void ofALongFileWhatIsKnownOfItCounts() {
        saw(new TooLong("key 1", 9), 0);
        assertThat(saw(new TooLong("key 1", 9), 500)).isPresent();
        saw(new TooLong("key 1 later", 9), 1_000);
        assertThat(saw(new TooLong("key 1 later", 9), 1_500)).isPresent();
        saw(new Absent(), 2_000);
        assertThat(saw(new Absent(), 2_500)).contains(new Absent());
    }

    @Test
    void anIdleMinuteCostsTwelveLooks() {
        var looks = 0;
        for (var millis = 1L; millis <= 60_000; millis++) {
            if (debounce.rest(false, at(millis)) <= 0) {
                looks++;
                saw(A, millis);
            }
        }
        assertThat(looks).isEqualTo(12);
    }

    @Test
    void anEventIsLookedAtAtOnceButNoMoreThanTwentyTimesASecond() {
        assertThat(rest(true, 200)).isNotPositive();
        saw(A, 200);
        assertThat(rest(true, 201)).isEqualTo(49);
    }
}
