/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart.state;

import static io.diskguard.smart.state.States.NOW;
import static io.diskguard.smart.state.States.SDA;
import static io.diskguard.smart.state.States.SDB;
import static io.diskguard.smart.state.States.after;
import static io.diskguard.smart.state.States.codec;
import static io.diskguard.smart.state.States.container;
import static io.diskguard.smart.state.States.limit;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.GuardConfig;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.SmartStateKeys;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.spi.LimitPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SmartStateCodecTest {
    private final SmartStateCodec codec = codec();

    @Test
    void flatKeysShowTheStrictestOfEachNumberAndWhatWasSetLast() {
        var state = container("web", limit("15m", 9, 300, 0, 0, 5_000_000));
        state.put("db", new TreeMap<>(Map.of(SDA, limit("30m", 2, 400, 120, 0, 4_000_000))));

        var changes = codec.limited(state, id -> "wwn-" + id.minor());

        assertThat(changes.keySet()).isEqualTo(SmartStateKeys.below("iops-limit"));
        var texts = after(Map.of("iops-limit/limit-removed", "true"), changes);
        assertThat(texts.remove("iops-limit/smart-state"))
                .isEqualTo("{\"v\":1,\"c\":{"
                        + "\"db\":{\"wwn-0\":{\"w\":\"30m\",\"at\":\"2026-11-21T11:58:00Z\",\"r\":[400,120,0,4000000],"
                        + "\"d\":300,\"y\":\"30m[ReadIOPS:0.92>0.80]\"}},"
                        + "\"web\":{\"wwn-0\":{\"w\":\"15m\",\"at\":\"2026-11-21T11:51:00Z\",\"r\":[300,0,0,5000000],"
                        + "\"d\":300,\"y\":\"15m[ReadIOPS:0.92>0.80]\"}}}}");
        assertThat(texts)
                .as(
                        "15m has its operations from the configuration, the rest is computed; what was removed is not any more")
                .isEqualTo(Map.of(
                        "iops-limit/smart-limit", "true",
                        "iops-limit/triggered-by", "30m",
                        "iops-limit/trigger-reason", "30m[ReadIOPS:0.92>0.80]",
                        "iops-limit/limit-reason", "high-io-detected",
                        "iops-limit/read-iops-limit", "300",
                        "iops-limit/write-iops-limit", "120",
                        "iops-limit/write-bps-limit", "4000000",
                        "iops-limit/auto-iops", "120",
                        "iops-limit/auto-bps", "4000000",
                        "iops-limit/applied-at", "2026-11-21T11:58:00Z"));
    }

    @Test
    void aConfiguredLimitIsNotShownAsComputed() {
        var texts = after(Map.of(), codec.limited(container("web", limit("15m", 1, 300, 300, 0, 0)), id -> "disk"));

        assertThat(texts).doesNotContainKeys("iops-limit/auto-iops", "iops-limit/auto-bps");
    }

    @Test
    void aReleaseLeavesOnlyThatItWas() {
        var limited = after(Map.of(), codec.limited(container("web", limit("15m", 9, 300, 0, 0, 0)), id -> "disk"));

        var released = codec.released(NOW, "the load is gone");

        assertThat(released.keySet()).isEqualTo(SmartStateKeys.below("iops-limit"));
        var texts = after(limited, released);
        assertThat(texts)
                .isEqualTo(Map.of(
                        "iops-limit/limit-removed", "true",
                        "iops-limit/removed-at", "2026-11-21T12:00:00Z",
                        "iops-limit/removed-reason", "the load is gone"));
        var remembered = codec.read(texts, NOW);
        assertThat(remembered.isEmpty()).isTrue();
        assertThat(remembered.removedAt()).contains(NOW);
    }

    @Test
    void eachContainerGetsItsOwnBackOnTheDiskOfThatIdentityWhateverItsNumber() {
        var state = container("web", limit("15m", 9, 300, 0, 0, 0));
        state.get("web").put(SDB, limit("30m", 5, 0, 200, 0, 0));
        var texts = after(Map.of(), codec.limited(state, id -> id.equals(SDA) ? "wwn-a" : "wwn-b"));

        var remembered = codec.read(texts, NOW);

        assertThat(remembered.of("web", "wwn-a")).contains(limit("15m", 9, 300, 0, 0, 0));
        assertThat(remembered.of("web", "wwn-b")).contains(limit("30m", 5, 0, 200, 0, 0));
        assertThat(remembered.of("web", "wwn-c")).isEmpty();
        assertThat(remembered.of("other", "wwn-a")).isEmpty();
        assertThat(remembered.problems()).isEmpty();
        assertThat(remembered.ofConfiguredPrefix()).isTrue();
    }

    @Test
    void twoPathsToOneDiskAreOneDiskWithTheStricterNumbers() {
        var state = container("web", limit("15m", 9, 300, 700, 0, 0));
        state.get("web").put(SDB, limit("30m", 5, 400, 200, 0, 0));

        var remembered = codec.read(after(Map.of(), codec.limited(state, id -> "wwn")), NOW);

        assertThat(remembered.of("web", "wwn")).contains(limit("30m", 5, 300, 200, 0, 0));
    }

    @Test
    void aPodWithTooManyLimitsForOneTextKeepsTheFlatOnes() {
        var state = container("web", limit("15m", 9, 300, 0, 0, 0));
        for (var i = 0; i < 501; i++) {
            state.put("c" + i, new TreeMap<>(Map.of(SDA, limit("15m", 9, 400, 0, 0, 0))));
        }

        var texts = after(Map.of(), codec.limited(state, id -> "disk"));

        assertThat(texts).doesNotContainKey("iops-limit/smart-state");
        assertThat(codec.read(texts, NOW).of("c7", "disk"))
                .map(SmartLimit::rates)
                .contains(limit("15m", 9, 300, 0, 0, 0).rates());
    }

    @Test
    void whatTheOriginalWroteOverAPodsNumbersNeverBecomesItsOwners() {
        var original = Map.of("iops-limit/triggered-by", "15m", "iops-limit/read-iops", "300");
        assertThat(owners(original)).isEqualTo(IoLimit.UNLIMITED);

        var limited = after(
                original,
                codec.sparing(codec.limited(container("web", limit("15m", 9, 300, 0, 0, 0)), id -> "disk"), original));
        assertThat(owners(limited)).isEqualTo(IoLimit.UNLIMITED);
        assertThat(codec.read(limited, NOW).of("web", "disk")).contains(limit("15m", 9, 300, 0, 0, 0));
        assertThat(codec.read(limited, NOW).of("db", "disk")).isEmpty();

        var released = after(limited, codec.sparing(codec.released(NOW, "gone"), limited));
        assertThat(owners(released)).isEqualTo(IoLimit.UNLIMITED);
        assertThat(codec.read(released, NOW).isEmpty()).isTrue();
    }

    @Test
    void otherChangesAreAsTheyWere() {
        var changes = codec.limited(container("web", limit("15m", 9, 300, 0, 0, 0)), id -> "disk");
        var owners = Map.of("iops-limit/read-iops", "300", "kubediskguard.io/triggered-by", "15m");

        assertThat(codec.sparing(changes, owners)).isEqualTo(changes);
        assertThat(codec.sparing(changes, Map.of("iops-limit/triggered-by", "15m", "iops-limit/read-iops", "0")))
                .isEqualTo(changes);
        assertThat(changes.get("iops-limit/smart-limit")).isEqualTo(Optional.of("true"));
    }

    /** What the pod's owner has said, as far as we can tell. */
    private static IoLimit owners(Map<String, String> annotations) {
        var pod = new Pod("uid", "shop", "web", QosClass.BURSTABLE, Map.of(), annotations, List.of());
        var anywhere = DiskUse.guarded(new Disk(SDA, "sda"));
        var config = GuardConfig.builder().defaultLimit(IoLimit.UNLIMITED).build();
        return PolicyChain.of(config, List.of())
                .decide(new LimitPolicy.Subject(pod, Optional.empty(), anywhere))
                .limit();
    }
}
