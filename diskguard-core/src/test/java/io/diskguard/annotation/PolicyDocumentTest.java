/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.Container;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.LimitKey;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy.Problem;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDocumentTest {
    private static final String KEY = "iops-limit/policy";
    private static final Disk SDA = new Disk(new DeviceId(8, 0), "sda");

    private static Reading policy(String document) {
        return read(Map.of(KEY, document));
    }

    private static Reading read(Map<String, String> annotations) {
        return new AnnotationReader("iops-limit").read(annotations);
    }

    private static DiskUse guarded(String... volumes) {
        return new DiskUse(SDA, true, Set.of(volumes), false);
    }

    private static DiskUse unguarded(boolean rootfs, String... volumes) {
        return new DiskUse(SDA, false, Set.of(volumes), rootfs);
    }

    private static void says(Reading reading, String container, DiskUse use, LimitKey limit, long rate, String origin) {
        var answer = reading.on(Optional.of(container).filter(name -> !name.isEmpty()), use);
        assertThat(answer.values()).containsEntry(limit, new Reading.Value(Rate.ofZeroIsUnlimited(rate), origin));
    }

    private static void isSilent(Reading reading, String container, DiskUse use) {
        assertThat(reading.on(Optional.of(container).filter(name -> !name.isEmpty()), use)
                        .values())
                .isEmpty();
    }

    private static List<String> keys(List<Problem> problems) {
        return problems.stream().map(Problem::key).toList();
    }

    @Test
    void aRuleIsForItsContainerOnly() {
        var reading = policy("- {container: app, iops: 100}");
        says(reading, "app", guarded(), LimitKey.RIOPS, 100, "iops-limit/policy[0] (container app)");
        isSilent(reading, "sidecar", guarded());
        isSilent(reading, "", guarded());
    }

    @Test
    void yamlAndJsonSayTheSame() {
        for (var document : List.of(
                "- volume: data\n  writeBps: 10MiB\n  rootfs: true\n- device: sda\n  iops: 2k\n",
                "[{\"volume\": \"data\", \"writeBps\": \"10MiB\", \"rootfs\": true}, {\"device\": \"sda\", \"iops\": 2000}]",
                "[{volume: data, writeBps: 10MiB, rootfs: true}, {device: sda, iops: 2k}]")) {
            var reading = policy(document);
            says(reading, "app", guarded("data"), LimitKey.WIOPS, 2000, "iops-limit/policy[1] (device sda)");
            assertThat(keys(reading.problems())).containsExactly(KEY + "[0]");
        }
    }

    @Test
    void rulesOverrideTheFlatKeysNumberByNumber() {
        var reading = read(Map.of(KEY, "- {container: app, writeIops: 900}", "iops-limit/iops", "100"));
        says(reading, "app", guarded(), LimitKey.WIOPS, 900, "iops-limit/policy[0] (container app)");
        says(reading, "app", guarded(), LimitKey.RIOPS, 100, "iops-limit/iops");
        says(reading, "other", guarded(), LimitKey.WIOPS, 100, "iops-limit/iops");
    }

    @Test
    void theMostSpecificRuleHoldsForEachNumber() {
        var reading = policy("""
                - {iops: 1000, bps: 1Mi}
                - {container: app, iops: 10}
                - {volume: data, iops: 2000}
                - {container: app, volume: data, readIops: 3000}
                """);
        says(reading, "app", guarded("data"), LimitKey.RIOPS, 3000, KEY + "[3] (container app, volume data)");
        says(reading, "app", guarded("data"), LimitKey.WIOPS, 2000, KEY + "[2] (volume data)");
        says(reading, "app", guarded("data"), LimitKey.RBPS, 1 << 20, KEY + "[0]");
        says(reading, "app", guarded(), LimitKey.RIOPS, 10, KEY + "[1] (container app)");
        says(reading, "", guarded("data"), LimitKey.RIOPS, 2000, KEY + "[2] (volume data)");
        assertThat(reading.on(Optional.of("app"), guarded("data")).problems()).isEmpty();
    }

    @Test
    void withinARuleTheSpecificNumberHolds() {
        var reading = policy("- {readIops: 70, iops: 300}");
        says(reading, "app", guarded(), LimitKey.RIOPS, 70, KEY + "[0]");
        says(reading, "app", guarded(), LimitKey.WIOPS, 300, KEY + "[0]");
    }

    @Test
    void aTieGivesTheStrictestAndIsSaid() {
        var reading = policy("[{device: sda, iops: 300}, {device: '8:0', readIops: 200}, {device: sdb, iops: 3}]");
        says(reading, "app", guarded(), LimitKey.RIOPS, 200, KEY + "[1] (device 8:0)");
        says(reading, "app", guarded(), LimitKey.WIOPS, 300, KEY + "[0] (device sda)");
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.on(Optional.of("app"), guarded()).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.key()).isEqualTo(KEY + "[0].iops");
                    assertThat(problem.value()).isEqualTo("300");
                    assertThat(problem.expected()).contains(KEY + "[1] (device 8:0)");
                });
    }

    @Test
    void rulesThatTieWithTheSameNumberAreNoProblem() {
        var reading = policy("[{iops: 300}, {iops: 300}]");
        assertThat(reading.on(Optional.of("app"), guarded()).problems()).isEmpty();
    }

    @Test
    void noLimitIsTheLeastStrictOfATie() {
        says(policy("[{iops: 0}, {iops: 300}]"), "app", guarded(), LimitKey.RIOPS, 300, KEY + "[1]");
    }

    @Test
    void twoVolumesOnOneDiskGiveTheStrictestAndTheOriginSaysSo() {
        var reading = policy("[{volume: data, iops: 500}, {container: app, volume: logs, iops: 900},"
                + " {volume: tmp, readIops: 2}]");
        var use = guarded("data", "logs");
        says(
                reading,
                "app",
                use,
                LimitKey.RIOPS,
                500,
                KEY + "[0] (volume data), the strictest on this disk; also " + KEY
                        + "[1] (container app, volume logs)");
        says(reading, "other", use, LimitKey.RIOPS, 500, KEY + "[0] (volume data)");
        assertThat(reading.on(Optional.of("app"), use).problems()).isEmpty();
    }

    @Test
    void aDiskThatIsNotConfiguredIsForRulesThatNameItOnly() {
        var reading = read(Map.of(
                KEY,
                "[{volume: data, readIops: 10}, {rootfs: true, writeIops: 20}, {device: sda, readBps: 1Mi}, {container:"
                        + " app, bps: 2Mi}]",
                "iops-limit/iops",
                "7"));
        assertThat(reading.on(Optional.of("app"), unguarded(true, "data")).values())
                .containsOnlyKeys(LimitKey.RIOPS, LimitKey.WIOPS, LimitKey.RBPS);
        assertThat(reading.on(Optional.of("app"), unguarded(false)).values()).containsOnlyKeys(LimitKey.RBPS);
    }

    @Test
    void removedIsOverEveryRule() {
        var reading =
                read(Map.of(KEY, "[{volume: data, iops: 9}, {device: sdb, iops: 9}]", "io-limit/removed", "true"));
        says(reading, "app", guarded("data"), LimitKey.RIOPS, 0, "io-limit/removed");
        assertThat(reading.namesPlaces()).isFalse();
        assertThat(reading.namedDevices()).isEmpty();
        assertThat(reading.isUniform()).isTrue();
    }

    @Test
    void theCallerLearnsWhatToLookUp() {
        assertThat(policy("- {container: a, iops: 5}").namesPlaces()).isFalse();
        assertThat(policy("- {container: a, iops: 5}").isUniform()).isFalse();
        assertThat(policy("- {volume: a, iops: 5}").namesPlaces()).isTrue();
        assertThat(policy("- {rootfs: true, iops: 5}").namesPlaces()).isTrue();
        assertThat(policy("- {rootfs: true, iops: 5}").isUniform()).isFalse();
        assertThat(policy("[{device: sdb, iops: 5}, {device: '8:0', bps: 1M}]").namedDevices())
                .containsExactly("8:0", "sdb");
        assertThat(policy("- {device: sdb, iops: 5}").isUniform()).isTrue();
    }

    @Test
    void theFirstPrefixWithADocumentThatCanBeReadHoldsWhole() {
        var annotations = Map.of(
                "iops-limit/policy", "- {readIops: 10}",
                "io-limit/policy", "[{iops: 99}, {iops: x}]",
                "kubediskguard.io/policy", "{");
        var reading = read(annotations);
        says(reading, "app", guarded(), LimitKey.RIOPS, 10, KEY + "[0]");
        assertThat(reading.on(Optional.of("app"), guarded()).values()).doesNotContainKey(LimitKey.WIOPS);
        assertThat(keys(reading.problems())).containsExactly("kubediskguard.io/policy", "io-limit/policy[1].iops");
        var broken = read(Map.of("iops-limit/policy", "{", "io-limit/policy", "- {iops: 99}"));
        says(broken, "app", guarded(), LimitKey.RIOPS, 99, "io-limit/policy[0]");
    }

    @Test
    void aMistakeCostsItsNumberOrItsRuleOnly() {
        var reading = policy("""
                - {iops: 5, readBps: fast}
                - {volum: data, iops: 6}
                - {container: 7, iops: 6}
                - {volume: a, rootfs: true, iops: 6}
                - {rootfs: false, iops: 6}
                - {container: app}
                - just words
                - {container: app, readIops: 1.5, iops: 40}
                - {container: app, iops: [1]}
                - {device: /dev/sda, iops: 6}
                - {volume: '', iops: 6}
                - {container: null, iops: 6}
                - {writeIops: 1}
                - {bps: true}
                """);
        assertThat(keys(reading.problems()))
                .containsExactly(
                        KEY + "[0].readBps",
                        KEY + "[1].volum",
                        KEY + "[2].container",
                        KEY + "[3]",
                        KEY + "[4].rootfs",
                        KEY + "[5]",
                        KEY + "[6]",
                        KEY + "[7].readIops",
                        KEY + "[8].iops",
                        KEY + "[9].device",
                        KEY + "[10].volume",
                        KEY + "[11].container",
                        KEY + "[12].writeIops",
                        KEY + "[13].bps");
        says(reading, "app", guarded("a"), LimitKey.RIOPS, 40, KEY + "[7] (container app)");
        says(reading, "x", guarded("a"), LimitKey.RIOPS, 5, KEY + "[0]");
        says(reading, "x", guarded("a"), LimitKey.WIOPS, 2, KEY + "[12]");
    }

    @Test
    void aNumberMayBeWrittenInEveryWayThatIsWhole() {
        for (var number : List.of("1000", "1e3", "1E3", "1000.0", "'1000'", "1k", "1_000", "'1000 '")) {
            says(policy("- iops: " + number), "a", guarded(), LimitKey.RIOPS, 1000, KEY + "[0]");
        }
        for (var number : List.of("1000.5", "-1000", "1e-999", "1e999", "~", "2020-01-01", "1:30")) {
            assertThat(keys(policy("- iops: " + number).problems())).as(number).containsExactly(KEY + "[0].iops");
        }
    }

    @Test
    void aDeviceNumberNeedsNoQuotes() {
        says(policy("- device: 8:0\n  iops: 44"), "a", guarded(), LimitKey.RIOPS, 44, KEY + "[0] (device 8:0)");
        says(policy("- device: 008:00\n  iops: 44"), "a", guarded(), LimitKey.RIOPS, 44, KEY + "[0] (device 008:00)");
    }

    @Test
    void aDocumentThatCannotBeReadIsSaidWithItsLine() {
        var problem = policy("- iops: 5\n  iops: 6\n").problems();
        assertThat(problem).singleElement().satisfies(it -> {
            assertThat(it.key()).isEqualTo(KEY);
            assertThat(it.value()).isEqualTo("- iops: 5   iops: 6 ");
            assertThat(it.expected()).contains("line 2, column");
        });
        assertThat(policy("[{\"iops\": 5},\n {\"iops\" 6}]").problems().get(0).expected())
                .contains("line 2, column");
    }

    @Test
    void whatIsSaidOfADocumentInBracketsIsOfTheLanguageThatItIsIn() {
        assertThat(policy("[{volume: data, iops: 5}, {iops: 6]")
                        .problems()
                        .get(0)
                        .expected())
                .contains("line 1, column 35: expected ',' or '}'");
        assertThat(policy("[\n\t{\"iops\": 5},\n\t{\"iops\": x}]")
                        .problems()
                        .get(0)
                        .expected())
                .contains("line 3, column 11: Unrecognized token 'x'");
    }

    @Test
    void withoutTheYamlLibraryJsonIsReadAndTheProblemNamesTheArtifact() throws Exception {
        try (var loader = new WithoutYaml(getClass().getClassLoader())) {
            var parse = loader.loadClass(PolicyText.class.getName()).getDeclaredMethod("parse", String.class);
            parse.setAccessible(true);
            assertThat(parse.invoke(null, "[{\"iops\": 5}]").toString()).startsWith("Document");
            assertThat(parse.invoke(null, "- iops: 5").toString())
                    .contains("com.fasterxml.jackson.dataformat:jackson-dataformat-yaml");
            assertThat(parse.invoke(null, "[{\"iops\" 5}]").toString()).contains("line 1, column 10");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n",
                "null",
                "5",
                "iops: 5",
                "{\"iops\": 5}",
                "[{\"iops\": 5}] x",
                "- {iops: 5}\n---\n- {iops: 6}",
                "[{\"iops\": 5}",
                "- &a {iops: 5}\n- *a",
                "- {iops: 5, volume: *a}",
                "\u0000",
                "\ud800",
                "[[[[[[[[[[[[[[[[[[[[[[",
                "%",
                "- - - - - - - - - - - - - - -"
            })
    void whatIsNoListOfRulesIsOneProblem(String document) {
        var reading = policy(document);
        isSilent(reading, "app", guarded());
        assertThat(keys(reading.problems())).containsExactly(KEY);
    }

    @Test
    void anEmptyListIsAPolicyWithoutRules() {
        assertThat(policy("[]").problems()).isEmpty();
    }

    @Test
    void aDocumentMadeToHurtDoesNot() {
        var bomb = new StringBuilder("- &a0 [x, x]\n");
        for (var i = 1; i < 30; i++) {
            bomb.append("- &a%d [*a%d, *a%d]\n".formatted(i, i - 1, i - 1));
        }
        for (var document : List.of(
                bomb.toString(),
                "[".repeat(65_000),
                "- ".repeat(32_000),
                "{a: ".repeat(16_000),
                "? ".repeat(32_000),
                "[" + "{},".repeat(20_000) + "{}]",
                "- {}\n".repeat(13_000),
                "- {}\n".repeat(257),
                "- {iops: " + "9".repeat(65_000) + "}",
                "[{\"iops\": 1e999999999}]",
                "- {iops: 1e-999999999}",
                "- {iops: 1e-99999999999999}",
                "- {" + "'".repeat(65_000),
                "- {iops: " + " ".repeat(65_000) + "}",
                "- !!java.net.URL {iops: x}",
                "- !<x> a\n".repeat(7_000),
                "%A b\n".repeat(12_000),
                "- |\n" + "  x\n".repeat(16_000),
                "[{" + "\"k\":1,".repeat(9_000) + "}]",
                manyFields(),
                "x".repeat(3_000_000))) {
            Assertions.assertTimeout(Duration.ofSeconds(30), () -> {
                assertThat(policy(document).problems())
                        .as(Problems.shortened(document))
                        .isNotEmpty()
                        .hasSizeLessThanOrEqualTo(101);
            });
        }
    }

    @Test
    void aDocumentMadeToBeSlowToDecideHoldsNobodyUp() {
        var names = IntStream.range(0, 232).mapToObj(i -> "v" + i).toList();
        var rules = Stream.concat(
                        IntStream.range(0, 24)
                                .mapToObj(i -> "{\"device\": \"sdb\", \"iops\": " + (100 + i) + ", \"bps\": "
                                        + (1_000_000 + i) + "}"),
                        names.stream().map(name -> "{\"volume\": \"" + name + "\", \"iops\": 500, \"bps\": 2000000}"))
                .collect(Collectors.joining(",", "[", "]"));
        var mounts = names.stream()
                .map(name -> new MountRef(name, "/" + name, false))
                .toList();
        var containers = IntStream.range(0, 100)
                .mapToObj(i -> new Container("c" + i, "image", ContainerKind.MAIN, Optional.empty(), mounts))
                .toList();
        var pod = new Pod("uid", "shop", "db", QosClass.BURSTABLE, Map.of(), Map.of(), containers);
        var use = new DiskUse(new Disk(new DeviceId(8, 16), "sdb"), true, Set.copyOf(names), false);
        var reading = policy(rules);
        Assertions.assertTimeout(Duration.ofSeconds(30), () -> {
            for (var i = 0; i < 500; i++) {
                assertThat(reading.on(Optional.of("c" + i), use)
                                .values()
                                .get(LimitKey.WIOPS)
                                .rate())
                        .isEqualTo(Rate.perSecond(100));
            }
            for (var i = 0; i < 100; i++) {
                assertThat(reading.check(pod)).isEmpty();
            }
        });
    }

    private static String manyFields() {
        var rule = new StringBuilder("- {iops: 5");
        for (var i = 0; i < 5_000; i++) {
            rule.append(", k").append(i).append(": 1");
        }
        return rule.append('}').toString();
    }

    @Test
    void aContainerOrVolumeThatThePodDoesNotHaveIsAProblem() {
        var app = new Container(
                "app", "image", ContainerKind.MAIN, Optional.empty(), List.of(new MountRef("data", "/data", false)));
        var side = new Container(
                "side",
                "image",
                ContainerKind.SIDECAR,
                Optional.empty(),
                List.of(new MountRef("logs", "/logs", false)));
        var pod = new Pod("uid", "ns", "pod", QosClass.BURSTABLE, Map.of(), Map.of(), List.of(app, side));
        var good = policy(
                "[{container: app, volume: data, iops: 5}, {volume: logs, iops: 5}, {container: side, iops: 5}]");
        assertThat(good.check(pod)).isEmpty();
        var typos = policy("[{container: ap, volume: data, iops: 5}, {volume: log, iops: 5},"
                + " {container: side, volume: data, iops: 5}]");
        assertThat(typos.check(pod))
                .containsExactly(
                        new Problem(KEY + "[0].container", "ap", "a container of the pod: app, side"),
                        new Problem(
                                KEY + "[1].volume", "log", "a volume that a container of the pod mounts: data, logs"),
                        new Problem(KEY + "[2].volume", "data", "a volume that container side mounts: logs"));
    }

    private static final class WithoutYaml extends URLClassLoader {
        WithoutYaml(ClassLoader parent) {
            super(
                    new URL[] {
                        PolicyText.class.getProtectionDomain().getCodeSource().getLocation()
                    },
                    parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.fasterxml.jackson.dataformat.yaml.")) {
                throw new ClassNotFoundException(name);
            }
            if (name.startsWith("io.diskguard.annotation.")) {
                var loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
            return super.loadClass(name, resolve);
        }
    }
}
