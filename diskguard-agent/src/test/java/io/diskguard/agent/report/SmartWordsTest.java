/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartDecision.Kind;
import io.diskguard.policy.smart.SmartLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SmartWordsTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123Z");
    private static final IoLimit READS = IoLimit.UNLIMITED.with(LimitKey.RIOPS, Rate.perSecond(400));
    private static final IoLimit MORE = READS.with(LimitKey.WBPS, Rate.perSecond(3 << 19));

    @Test
    void aLimitIsToldWithContainerDiskUnitsWindowReasonAndTime() {
        assertThat(SmartWords.of(decision(Kind.APPLY, Optional.empty(), limit(READS))))
                .isEqualTo(
                        "container app on nvme0n1 (259:0): limited to 400 read operations/s by window 15m since"
                                + " 2026-11-21T10:00:00Z (15m[ReadIOPS:0.92>0.80]), at the earliest until 2026-11-21T10:05:00Z");
    }

    @Test
    void aChangeIsToldWithTheNumbersBeforeAndAfter() {
        assertThat(SmartWords.of(decision(Kind.UPDATE, limit(READS), limit(MORE))))
                .contains("limited to 400 read operations/s and 1.5 MiB/s written by window 15m")
                .endsWith(", until now to 400 read operations/s");
    }

    @Test
    void aReleaseIsToldWithWhatWasAndWhy() {
        var release = new SmartDecision(
                AT,
                Kind.RELEASE,
                new ContainerKey("uid", "app"),
                disk(),
                limit(READS),
                Optional.empty(),
                "load is low again in every window");
        assertThat(SmartWords.of(release))
                .isEqualTo(
                        "container app on nvme0n1 (259:0): no longer limited to 400 read operations/s: load is low again"
                                + " in every window");
    }

    /** State in annotations may be anybody's. */
    @Test
    void whatIsToldStaysOnItsLine() {
        var forged = new SmartLimit("1\n5m", AT, READS, Duration.ZERO, "a\r\nERROR all is lost\u202e");
        assertThat(SmartWords.of(decision(Kind.RESTORE, Optional.empty(), Optional.of(forged))))
                .contains("window 1?5m", "(a??ERROR all is lost?)")
                .doesNotContain("\n", "\r");
    }

    private static Disk disk() {
        return new Disk(new DeviceId(259, 0), "nvme0n1");
    }

    private static Optional<SmartLimit> limit(IoLimit rates) {
        return Optional.of(new SmartLimit("15m", AT, rates, Duration.ofMinutes(5), "15m[ReadIOPS:0.92>0.80]"));
    }

    private static SmartDecision decision(Kind kind, Optional<SmartLimit> before, Optional<SmartLimit> after) {
        return new SmartDecision(
                AT,
                kind,
                new ContainerKey("uid", "app"),
                disk(),
                before,
                after,
                after.map(SmartLimit::reason).orElse(""));
    }
}
