/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.GuardConfig;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a tenant writes, the operator's ceiling holds. */
class CeilingTest {
    private static final int TENANTS = 2_500;
    private static final List<String> PREFIXES = List.of("iops-limit", "kubediskguard.io", "io-limit", "team.example");
    private static final List<String> KEYS =
            List.of("read-iops", "write-iops", "iops", "read-bps", "write-bps", "bps", "removed");
    private static final List<String> LEGACY =
            List.of("nvme-iops", "nvme-iops-read", "nvme-iops-write", "nvme-bps", "nvme-bps-read", "nvme-bps-write");
    private static final List<String> VALUES = List.of(
            "0",
            "1",
            "2",
            "100",
            "2k",
            "50Mi",
            "10MB",
            "4294967294",
            "4294967295",
            "4294967296",
            "5000000000",
            "9223372036854775807",
            "9223372036854775808",
            "1e18",
            "8Ei",
            "-1",
            "1.5",
            "true",
            "max",
            "",
            " 0 ",
            "٣");
    private static final List<String> FIELDS = List.of("readIops", "writeIops", "iops", "readBps", "writeBps", "bps");
    private static final List<String> PLACES = List.of(
            "", "volume: data", "volume: logs", "rootfs: true", "device: sda", "device: \"8:0\"", "device: sdb");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noAnnotationAndNoPolicyDocumentGetsPastIt(long seed) {
        var random = new Random(seed);
        for (var i = 0; i < TENANTS; i++) {
            var ceiling = ceiling(random);
            var config = GuardConfig.builder()
                    .annotationPrefix(random.nextBoolean() ? "iops-limit" : "team.example")
                    .defaultLimit(random.nextBoolean() ? IoLimit.UNLIMITED : ceiling(random))
                    .ceiling(ceiling)
                    .build();
            var pod = pod(annotations(random));
            var chain = PolicyChain.of(config, List.of());
            for (var use : uses(random)) {
                for (var container : containers(pod)) {
                    var decision = chain.decide(new LimitPolicy.Subject(pod, container, use));
                    assertThat(decision.limit())
                            .as("%s on %s under %s", pod.annotations(), use, ceiling)
                            .isEqualTo(decision.limit().strictest(ceiling));
                }
            }
        }
    }

    private static IoLimit ceiling(Random random) {
        var limit = IoLimit.UNLIMITED;
        for (var key : LimitKey.values()) {
            if (random.nextInt(4) > 0) {
                limit = limit.with(key, Rate.perSecond(key.floor() + random.nextInt(1_000_000)));
            }
        }
        return limit;
    }

    private static Map<String, String> annotations(Random random) {
        var annotations = new HashMap<String, String>();
        for (var i = random.nextInt(6); i > 0; i--) {
            annotations.put(one(random, PREFIXES) + "/" + one(random, KEYS), one(random, VALUES));
        }
        for (var i = random.nextInt(3); i > 0; i--) {
            annotations.put(one(random, LEGACY), one(random, VALUES));
        }
        if (random.nextInt(3) > 0) {
            annotations.put(one(random, PREFIXES) + "/policy", policy(random));
        }
        return annotations;
    }

    private static String policy(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(i -> rule(random))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String rule(Random random) {
        var fields = new HashMap<String, String>();
        for (var i = random.nextInt(4); i >= 0; i--) {
            fields.put(one(random, FIELDS), one(random, VALUES));
        }
        var place = one(random, PLACES);
        return fields.entrySet().stream()
                .map(field -> field.getKey() + ": \"" + field.getValue() + "\"")
                .collect(Collectors.joining(
                        ", ",
                        "{" + (random.nextBoolean() ? "container: app, " : "") + (place.isEmpty() ? "" : place + ", "),
                        "}"));
    }

    /** On every disk that is configured, whatever the container has on it. */
    private static List<DiskUse> uses(Random random) {
        var disk = new Disk(new DeviceId(8, 0), "sda");
        return List.of(DiskUse.guarded(disk), new DiskUse(disk, true, Set.of("data", "logs"), random.nextBoolean()));
    }

    private static List<Optional<Container>> containers(Pod pod) {
        return List.of(Optional.empty(), Optional.of(pod.containers().get(0)));
    }

    private static Pod pod(Map<String, String> annotations) {
        var mounts = List.of(new MountRef("data", "/data", false), new MountRef("logs", "/logs", false));
        var container = new Container("app", "app:1", ContainerKind.MAIN, Optional.empty(), mounts);
        return new Pod("uid", "shop", "db-0", QosClass.BURSTABLE, Map.of(), annotations, List.of(container));
    }

    private static String one(Random random, List<String> some) {
        return some.get(random.nextInt(some.size()));
    }
}
