/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.log.AgentLog;
import io.diskguard.agent.log.LogFormat;
import io.diskguard.config.SmartSettings.Mode;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.PodRef;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartDecision.Kind;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.spi.StateStore;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SmartLoggingTest {
    private static final PodRef POD = new PodRef("uid", "shop", "db");

    @Test
    void aDecisionIsALineAndOneInShadowSaysSo() {
        assertThat(logged(log -> log.smartDecided(decided(Kind.APPLY, Mode.ENFORCE))))
                .singleElement()
                .asString()
                .contains(
                        "INFO",
                        "by load: pod shop/db, container app on nvme0n1 (259:0): limited to 400 write operations/s");
        assertThat(logged(log -> log.smartDecided(decided(Kind.APPLY, Mode.SHADOW))))
                .singleElement()
                .asString()
                .contains("INFO", "in shadow, would be: pod shop/db, container app");
    }

    @Test
    void whatHasNoEffectFillsNoLog() {
        assertThat(logged(log -> log.smartDecided(decided(Kind.NO_EFFECT, Mode.ENFORCE))))
                .isEmpty();
    }

    @Test
    void whyStateIsNotKeptIsSaidOnceForEachReason() {
        var lines = logged(log -> {
            for (var i = 0; i < 1000; i++) {
                log.stateNotStored(POD, new StateStore.Result.Forbidden("pods \"db\" is forbidden"));
                log.stateNotStored(POD, new StateStore.Result.Gone());
                log.stateNotStored(POD, new StateStore.Result.Failed("the server is away"));
            }
        });
        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).contains("WARN", "shop/db"));
    }

    @Test
    void aDiskThatIsNotCountedOnIsAWarning() {
        assertThat(logged(log -> log.countingOff(new Disk(new DeviceId(8, 0), "sda"), "iostats is 0")))
                .singleElement()
                .asString()
                .contains("WARN", "does not count on sda (8:0): iostats is 0");
    }

    private static List<String> logged(Consumer<DiskGuardListener> telling) {
        var out = new ByteArrayOutputStream();
        AgentLog.configure(LogFormat.TEXT, out);
        telling.accept(new SmartLogging());
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Recorded decided(Kind kind, Mode mode) {
        var rates = IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(400));
        var limit = Optional.of(new SmartLimit("15m", Instant.EPOCH, rates, Duration.ZERO, ""));
        return new Recorded(
                POD,
                new SmartDecision(
                        Instant.EPOCH,
                        kind,
                        new ContainerKey("uid", "app"),
                        new Disk(new DeviceId(259, 0), "nvme0n1"),
                        Optional.empty(),
                        limit,
                        "15m[WriteIOPS:0.92>0.80]"),
                mode);
    }
}
