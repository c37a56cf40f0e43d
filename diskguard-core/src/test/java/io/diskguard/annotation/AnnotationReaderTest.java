/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnotationReaderTest {
    private static final DiskUse SDA = DiskUse.guarded(new Disk(new DeviceId(8, 0), "sda"));

    private final AnnotationReader reader = new AnnotationReader("acme.io");

    private void holds(Map<String, String> annotations, LimitKey number, long rate, String key) {
        assertThat(values(annotations)).containsEntry(number, new Reading.Value(Rate.ofZeroIsUnlimited(rate), key));
    }

    private Map<LimitKey, Reading.Value> values(Map<String, String> annotations) {
        return reader.read(annotations).on(Optional.of("app"), SDA).values();
    }

    @Test
    void theSpecificKeyWinsOverTheGeneralOneOfItsPrefix() {
        var pod = Map.of("iops-limit/iops", "500", "iops-limit/read-iops", "100");
        holds(pod, LimitKey.RIOPS, 100, "iops-limit/read-iops");
        holds(pod, LimitKey.WIOPS, 500, "iops-limit/iops");
    }

    @Test
    void aGeneralKeyOfAnEarlierPrefixWinsOverASpecificOneOfALater() {
        var pod = new HashMap<>(Map.of("io-limit/read-iops", "4", "kubediskguard.io/iops", "3"));
        holds(pod, LimitKey.RIOPS, 3, "kubediskguard.io/iops");
        pod.put("iops-limit/iops", "200");
        holds(pod, LimitKey.RIOPS, 200, "iops-limit/iops");
        pod.put("acme.io/iops", "100");
        holds(pod, LimitKey.RIOPS, 100, "acme.io/iops");
    }

    @Test
    void aBadValueCostsItsKeyOnlyAndTheNextSourceHolds() {
        var pod = Map.of("acme.io/read-iops", "-5", "acme.io/iops", "1.5", "io-limit/iops", "2k");
        holds(pod, LimitKey.RIOPS, 2000, "io-limit/iops");
        assertThat(reader.read(pod).problems())
                .extracting(Problem::key)
                .containsExactly("acme.io/read-iops", "acme.io/iops");
    }

    @Test
    void zeroMeansNoLimitAndAbsentMeansNothing() {
        var pod = Map.of("iops-limit/read-bps", "0");
        holds(pod, LimitKey.RBPS, 0, "iops-limit/read-bps");
        assertThat(values(pod)).doesNotContainKey(LimitKey.WBPS);
    }

    @Test
    void bytesAreQuantitiesWithOrWithoutTheirUnit() {
        holds(Map.of("iops-limit/bps", "50MiB"), LimitKey.WBPS, 50 << 20, "iops-limit/bps");
        holds(Map.of("iops-limit/bps", "10M"), LimitKey.RBPS, 10_000_000, "iops-limit/bps");
    }

    @Test
    void whatIsBelowTheFloorIsRaisedAndSaid() {
        var pod = Map.of("iops-limit/iops", "1", "iops-limit/write-bps", "4Ki");
        holds(pod, LimitKey.RIOPS, 2, "iops-limit/iops");
        holds(pod, LimitKey.WBPS, 65536, "iops-limit/write-bps");
        assertThat(reader.read(pod).problems())
                .extracting(Problem::key)
                .containsExactly("iops-limit/iops", "iops-limit/write-bps");
    }

    @Test
    void legacyKeysCountOnlyOnAPodWithoutAnyPrefixedKey() {
        holds(Map.of("nvme-iops", "300"), LimitKey.RIOPS, 300, "nvme-iops");
        holds(Map.of("nvme-iops", "300", "nvme-iops-read", "30"), LimitKey.RIOPS, 30, "nvme-iops-read");
        for (var key : List.of("iops-limit/write-bps", "acme.io/policy", "io-limit/removed")) {
            assertThat(values(Map.of("nvme-iops", "300", key, "bad"))).isEmpty();
        }
        holds(Map.of("nvme-iops", "300", "iops-limit/smart-limit", "true"), LimitKey.RIOPS, 300, "nvme-iops");
    }

    @Test
    void removedLiftsAllFourNumbers() {
        assertThat(values(Map.of("iops-limit/removed", "true", "iops-limit/iops", "100")))
                .hasSize(4)
                .allSatisfy((key, value) ->
                        assertThat(value).isEqualTo(new Reading.Value(Rate.UNLIMITED, "iops-limit/removed")));
    }

    @Test
    void removedHasThePrecedenceOfItsPrefixAndABadOneCostsItselfOnly() {
        assertThat(values(Map.of("acme.io/removed", "false", "iops-limit/removed", "true")))
                .isEmpty();
        var bad = Map.of("acme.io/removed", "yes", "iops-limit/removed", "true");
        assertThat(values(bad)).hasSize(4);
        assertThat(reader.read(bad).problems()).extracting(Problem::key).containsExactly("acme.io/removed");
    }

    @Test
    void whatTheKernelCannotKeepIsNoLimit() {
        holds(Map.of("iops-limit/iops", "4294967294"), LimitKey.RIOPS, 4294967294L, "iops-limit/iops");
        holds(Map.of("iops-limit/iops", "4294967295"), LimitKey.RIOPS, 0, "iops-limit/iops");
        holds(Map.of("iops-limit/bps", "4294967295"), LimitKey.RBPS, 4294967295L, "iops-limit/bps");
    }

    @Test
    void whatTheOriginalAgentDecidedItselfIsNotTakenForTheUsersWish() {
        var left = new HashMap<>(Map.of(
                "kubediskguard.io/triggered-by", "15m",
                "kubediskguard.io/read-iops", "80",
                "kubediskguard.io/write-iops", "0",
                "kubediskguard.io/iops", "700"));
        holds(left, LimitKey.RIOPS, 700, "kubediskguard.io/iops");
        holds(left, LimitKey.WIOPS, 0, "kubediskguard.io/write-iops");
        left.put("kubediskguard.io/smart-limit", "true");
        holds(left, LimitKey.RIOPS, 80, "kubediskguard.io/read-iops");
    }

    @Test
    void spaceAroundAValueDoesNotMatter() {
        holds(Map.of("iops-limit/iops", " 500\n"), LimitKey.WIOPS, 500, "iops-limit/iops");
        assertThat(values(Map.of("iops-limit/removed", " True "))).hasSize(4);
    }

    @Test
    void aDiskThatIsNotConfiguredIsNotForTheFlatKeys() {
        var sdb = new DiskUse(new Disk(new DeviceId(8, 16), "sdb"), false, Set.of(), false);
        assertThat(reader.read(Map.of("iops-limit/iops", "500"))
                        .on(Optional.empty(), sdb)
                        .values())
                .isEmpty();
    }

    @Test
    void aPodWithoutOurAnnotationsCostsNothing() {
        var annotations = Map.of("kubectl.kubernetes.io/restartedAt", "now", "iops-limit/smart-limit", "true");
        assertThat(reader.read(annotations)).isSameAs(reader.read(Map.of()));
        assertThat(reader.read(annotations).problems()).isEmpty();
        assertThat(reader.read(annotations).isUniform()).isTrue();
    }

    @Test
    void aLongValueIsShortenedInItsProblem() {
        var problem = reader.read(Map.of("iops-limit/iops", "😀".repeat(5000)))
                .problems()
                .get(0);
        assertThat(problem.value()).endsWith("😀…").hasSizeLessThanOrEqualTo(100);
    }
}
