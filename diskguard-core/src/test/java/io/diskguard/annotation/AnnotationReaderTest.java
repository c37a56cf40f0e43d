/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnnotationReaderTest {
    private final AnnotationReader reader = new AnnotationReader("acme.io");

    private void holds(Map<String, String> annotations, LimitKey number, long rate, String key) {
        assertThat(reader.read(annotations).get(number)).contains(new Reading.Value(Rate.ofZeroIsUnlimited(rate), key));
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
        assertThat(reader.read(pod).get(LimitKey.WBPS)).isEmpty();
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
            assertThat(reader.read(Map.of("nvme-iops", "300", key, "bad")).values())
                    .isEmpty();
        }
        holds(Map.of("nvme-iops", "300", "iops-limit/smart-limit", "true"), LimitKey.RIOPS, 300, "nvme-iops");
    }

    @Test
    void removedLiftsAllFourNumbers() {
        var reading = reader.read(Map.of("iops-limit/removed", "true", "iops-limit/iops", "100"));
        assertThat(reading.values()).hasSize(4).allSatisfy((key, value) -> assertThat(value)
                .isEqualTo(new Reading.Value(Rate.UNLIMITED, "iops-limit/removed")));
    }

    @Test
    void removedHasThePrecedenceOfItsPrefixAndABadOneCostsItselfOnly() {
        var denied = reader.read(Map.of("acme.io/removed", "false", "iops-limit/removed", "true"));
        assertThat(denied.values()).isEmpty();
        var bad = reader.read(Map.of("acme.io/removed", "yes", "iops-limit/removed", "true"));
        assertThat(bad.values()).hasSize(4);
        assertThat(bad.problems()).extracting(Problem::key).containsExactly("acme.io/removed");
    }

    @Test
    void noAnnotationWhateverItHoldsBreaksTheReader() {
        var random = new Random(42);
        var prefixes = List.of("acme.io/", "iops-limit/", "kubediskguard.io/", "io-limit/", "nvme-", "other/", "");
        var names =
                List.of("read-iops", "write-iops", "iops", "read-bps", "write-bps", "bps", "removed", "iops-read", "x");
        var values = List.of(
                "",
                " ",
                "0",
                "1",
                "500",
                "2k",
                "-1",
                "1.5",
                "1e99",
                "99999999999999999999",
                "true",
                "no",
                "1Zi",
                "10MB",
                "\u0000",
                "\ud800",
                "٣",
                "1".repeat(9000),
                "{}");
        for (var round = 0; round < 5000; round++) {
            var annotations = new HashMap<String, String>();
            for (var i = random.nextInt(8); i >= 0; i--) {
                annotations.put(pick(random, prefixes) + pick(random, names), pick(random, values));
            }
            var reading = reader.read(annotations);
            assertThat(reading.problems()).allSatisfy(problem -> {
                assertThat(annotations).containsEntry(problem.key(), problem.value());
                assertThat(problem.expected()).isNotBlank();
            });
            assertThat(reading.values()).allSatisfy((number, value) -> {
                assertThat(annotations).containsKey(value.key());
                if (value.rate() instanceof Rate.PerSecond rate) {
                    assertThat(rate.value()).isGreaterThanOrEqualTo(number.floor());
                }
            });
            annotations.forEach((key, value) -> {
                if (key.matches("(acme.io|iops-limit|kubediskguard.io|io-limit)/.*(iops|bps)")
                        && value.contains("-1")) {
                    assertThat(reading.problems()).extracting(Problem::key).contains(key);
                }
            });
        }
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
