/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.diskguard.reload.Reload.Result;
import io.diskguard.spi.ConfigSource.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfigReloaderTest {
    private final Rig rig = new Rig(Map.of("container_write_iops_limit", 500, "check_interval", 10));

    @Test
    void theStartIsTheFirstEntry() {
        assertThat(rig.reloader.history()).singleElement().satisfies(start -> {
            assertThat(start.number()).isZero();
            assertThat(start.result()).isEqualTo(Result.APPLIED);
            assertThat(start.changes()).isEmpty();
            assertThat(start.sources()).containsExactly(Rig.FILE, "environment");
        });
        assertThat(rig.looks().number()).isZero();
        assertThat(rig.heard).isEmpty();
    }

    @Test
    void aChangeIsPutInForceAndToldWithItsKeysAndWhereTheyStand() {
        rig.clock.advance(Duration.ofMinutes(1));

        var reload = rig.reads(Map.of("container_write_iops_limit", 200, "check_interval", 10));

        assertThat(reload.result()).isEqualTo(Result.APPLIED);
        assertThat(reload.number()).isOne();
        assertThat(reload.sources()).containsExactly(Rig.FILE);
        assertThat(reload.took()).isEqualTo(Duration.ofMillis(12));
        assertThat(reload.changes())
                .containsExactly(new KeyChange("container_write_iops_limit", "500", "200", Rig.FILE + " line 1", true));
        assertThat(rig.applied).containsExactly(rig.inForce());
        assertThat(rig.inForce().limits().defaults().wiops()).hasToString("200");
        assertThat(rig.reloader.status().since()).isEqualTo(rig.clock.instant());
        assertThat(rig.heard).containsExactly(reload);
        assertThat(rig.reloader.history()).last().isEqualTo(reload);
    }

    @Test
    void aWakeWithoutANewContentIsNoReload() {
        rig.file.tell();
        rig.variables.tell();

        assertThat(rig.looks().number()).isZero();
    }

    @Test
    void whatIsWrittenOtherwiseAndMeansTheSameIsUnchangedAndItsNewPlaceIsKnown() {
        rig.file
                .saysAt(7, Map.of("container_write_iops_limit", "0.5k", "check_interval", "10s"))
                .tell();

        var reload = rig.looks();

        assertThat(reload.result()).isEqualTo(Result.UNCHANGED);
        assertThat(reload.changes()).isEmpty();
        assertThat(rig.applied).isEmpty();
        assertThat(rig.reloader
                        .status()
                        .inForce()
                        .effective()
                        .get("check_interval")
                        .origin())
                .isEqualTo(Rig.FILE + " line 7");
        assertThat(rig.looks()).isEqualTo(reload);
    }

    @Test
    void whatIsNotValidIsRejectedOnceWithAllItsProblemsAndTheLastGoodGoesOn() {
        var before = rig.inForce();

        var reload = rig.reads(Map.of("check_interval", "soon", "container_write_iops_limt", 3));

        assertThat(reload.result()).isEqualTo(Result.REJECTED);
        assertThat(reload.isGood()).isFalse();
        assertThat(reload.problems())
                .extracting(Problem::key, Problem::value, Problem::origin)
                .containsExactlyInAnyOrder(
                        tuple("check_interval", "soon", Rig.FILE + " line 1"),
                        tuple("container_write_iops_limt", "3", Rig.FILE + " line 1"));
        assertThat(reload.problemCount()).isEqualTo(2);
        assertThat(rig.inForce()).isSameAs(before);
        assertThat(rig.applied).isEmpty();

        rig.file.tell();
        assertThat(rig.looks()).isEqualTo(reload);
        rig.later(Duration.ofHours(1));
        assertThat(rig.heard).hasSize(1);
    }

    @Test
    void goingBackFromABrokenFileToWhatIsInForceIsGoodAgain() {
        rig.reads(Map.of("check_interval", "soon"));

        var reload = rig.reads(Map.of("container_write_iops_limit", 500, "check_interval", 10));

        assertThat(reload.result()).isEqualTo(Result.UNCHANGED);
        assertThat(reload.number()).isEqualTo(2);
        assertThat(reload.isGood()).isTrue();
        assertThat(rig.applied).isEmpty();
    }

    @Test
    void tenThousandProblemsAreCountedAndTheFirstOnesKept() {
        rig.file.cannotBeRead(IntStream.range(0, 10_000)
                .mapToObj(i -> new Problem("key" + i, "x", Rig.FILE + " line " + i, "a known key"))
                .toList());

        var reload = rig.looks();

        assertThat(reload.problems()).hasSize(Reload.MOST_PROBLEMS);
        assertThat(reload.problemCount()).isEqualTo(10_000);
    }

    @Test
    void aSourceThatThrowsIsAProblemAndIsLookedAtAgainThoughItTellsNothing() {
        rig.file.beforeReading(() -> {
            throw new IllegalStateException("broken");
        });
        assertThat(rig.looks().problems()).singleElement().satisfies(it -> assertThat(it.expected())
                .contains("broken"));

        rig.file.beforeReading(() -> {
            throw new StackOverflowError();
        });
        assertThat(rig.looks().result()).isEqualTo(Result.REJECTED);

        rig.file.beforeReading(() -> {});
        assertThat(rig.looks().result()).isEqualTo(Result.UNCHANGED);
    }

    @Test
    void theKeyThatTheUserChangedIsNamedAndNotThoseThatFollowIt() {
        var reload = rig.reads(
                Map.of("container_write_iops_limit", 500, "check_interval", 10, "container_iops_limit", "300"));

        assertThat(reload.changes())
                .extracting(KeyChange::key, KeyChange::before, KeyChange::after)
                .containsExactly(tuple("container_iops_limit", "500", "300"));
        assertThat(rig.inForce().limits().defaults().riops()).hasToString("300");
        assertThat(rig.inForce().limits().defaults().wiops()).hasToString("500");

        reload = rig.reads(Map.of("check_interval", 10, "container_iops_limit", "300"));

        assertThat(reload.changes())
                .containsExactly(new KeyChange(
                        "container_write_iops_limit",
                        "500",
                        "300",
                        "container_iops_limit in " + Rig.FILE + " line 1",
                        true));
    }

    @Test
    void ofTwoLongListsThatBeginAlikeTheDifferenceIsShown() {
        var namespaces = IntStream.range(100, 130).mapToObj(i -> "team-" + i).toList();
        rig.reads(Map.of("exclude_namespaces", namespaces));

        var fewer = rig.reads(Map.of("exclude_namespaces", namespaces.subList(0, 29)));

        assertThat(fewer.changes())
                .extracting(KeyChange::before, KeyChange::after)
                .containsExactly(tuple("…[team-129]", "…[]"));
    }

    @Test
    void whatTheEnvironmentShadowsChangesNothingAndIsWarnedOfOnce() {
        var shadowing = new Rig(Map.of("check_interval", 20), Map.of("check_interval", 10));
        assertThat(shadowing.reloader.history().get(0).warnings()).hasSize(1);

        var reload = shadowing.reads(Map.of("check_interval", 30));

        assertThat(reload.result()).isEqualTo(Result.UNCHANGED);
        assertThat(reload.warnings()).singleElement().satisfies(it -> assertThat(it.message())
                .contains("shadows", "30"));

        assertThat(shadowing
                        .reads(Map.of("check_interval", 30, "max_iops_limit", 900))
                        .warnings())
                .isEmpty();
    }

    @Test
    void noMoreThanAHundredEntriesAreKept() {
        for (var i = 0; i < 150; i++) {
            rig.reads(Map.of("check_interval", 1 + i));
        }

        assertThat(rig.reloader.history())
                .hasSize(100)
                .extracting(Reload::number)
                .startsWith(51L)
                .endsWith(150L);
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        var initial = rig.reloader.status().inForce();
        ReloadListener broken = it -> {
            throw new AssertionError("broken");
        };
        var seen = new ArrayList<Long>();
        var reloader = ConfigReloader.of(
                rig.environment,
                rig.sources,
                initial,
                it -> new ConfigTarget.Answer.Applied(),
                List.of(broken, it -> seen.add(it.number())));
        rig.file.says(Map.of("check_interval", 3));

        reloader.step();

        assertThat(seen).containsExactly(1L);
        assertThat(reloader.status().last().result()).isEqualTo(Result.APPLIED);
    }

    @Test
    void whatIsShadowedIsNotWarnedOfAgainForStandingInAnotherLine() {
        var shadowing = new Rig(Map.of("check_interval", 20), Map.of("check_interval", 10));

        shadowing
                .file
                .saysAt(7, Map.of("check_interval", 20, "data_total_iops", 4000))
                .tell();

        assertThat(shadowing.looks().changes()).hasSize(1);
        assertThat(shadowing.reloader.status().last().warnings()).isEmpty();
    }
}
