/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import static io.diskguard.reconcile.Examples.DISK;
import static io.diskguard.reconcile.Examples.OTHER_DISK;
import static io.diskguard.reconcile.Examples.both;
import static io.diskguard.reconcile.Examples.writes;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.policy.smart.SmartLimit;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkCodecTest {
    @Test
    void aMarkIsReadAsItWasWritten() {
        var mark = Mark.of(Map.of(
                DISK,
                new Mark.Entry(both(500), "annotation iops-limit/iops", Optional.empty(), Examples.NOW),
                OTHER_DISK,
                new Mark.Entry(
                        writes(7),
                        "smart",
                        Optional.of(new SmartLimit(
                                "15m", Examples.NOW, writes(7), Duration.ofMinutes(5), "15m[WriteIOPS:0.92>0.80]")),
                        Examples.NOW)));
        assertThat(MarkCodec.decode(MarkCodec.encode(mark))).contains(mark);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "true",
                "{\"v\":2,\"d\":{}}",
                "{\"v\":1}",
                "{\"v\":1,\"d\":{\"x\":{}}}",
                "{\"v\":1,\"d\":{\"8:0\":{\"l\":[1,2,3],\"at\":\"2026-01-01T00:00:00Z\"}}}",
                "{\"v\":1,\"d\":{\"8:0\":{\"l\":[1,2,3,-4],\"at\":\"2026-01-01T00:00:00Z\"}}}",
                "{\"v\":1,\"d\":{\"8:0\":{\"l\":[1,2,3,4],\"at\":\"yesterday\"}}}"
            })
    void whatIsNoMarkOfOursIsNotTakenForOne(String text) {
        assertThat(MarkCodec.decode(text)).isEmpty();
    }
}
