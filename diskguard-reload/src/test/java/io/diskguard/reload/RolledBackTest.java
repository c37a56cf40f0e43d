/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.reload.Reload.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RolledBackTest {
    private static final Duration AGAIN = Reloading.AGAIN;

    private final Rig rig = new Rig(Map.of("check_interval", 10));

    @Test
    void whatIsRefusedIsRolledBackAndTheLastGoodGoesOn() {
        var before = rig.reloader.status();
        rig.refuses("no disk for mount /srv:\n not mounted");

        var reload = rig.reads(Map.of("check_interval", 20));

        assertThat(reload.result()).isEqualTo(Result.ROLLED_BACK);
        assertThat(reload.reason()).isEqualTo("no disk for mount /srv: not mounted");
        assertThat(reload.changes()).hasSize(1);
        assertThat(rig.reloader.status().inForce()).isSameAs(before.inForce());
        assertThat(rig.reloader.status().since()).isEqualTo(before.since());
    }

    @Test
    void aValueThatCannotBeComparedIsToldOnceAndTheNextGoodOneTaken() {
        var odd = new Number() {
            private static final long serialVersionUID = 1;

            @Override
            public int intValue() {
                return 20;
            }

            @Override
            public long longValue() {
                return 20;
            }

            @Override
            public float floatValue() {
                return 20;
            }

            @Override
            public double doubleValue() {
                return 20;
            }

            @Override
            public boolean equals(Object other) {
                throw new IllegalStateException("odd");
            }

            @Override
            public int hashCode() {
                return 1;
            }

            @Override
            public String toString() {
                return "20";
            }
        };

        assertThat(rig.reads(Map.of("check_interval", odd)).reason()).contains("odd");
        rig.later(Duration.ofSeconds(31));

        assertThat(rig.heard).hasSize(1);
        assertThat(rig.reads(Map.of("check_interval", 20)).result()).isEqualTo(Result.APPLIED);
    }

    @Test
    void whateverATargetThrowsIsARefusal() {
        for (var failure : List.of(
                new IllegalStateException("one"),
                new NoClassDefFoundError("two"),
                new AssertionError("three"),
                new StackOverflowError("four"))) {
            rig.target = config -> {
                if (failure instanceof RuntimeException e) {
                    throw e;
                }
                throw (Error) failure;
            };

            var reload = rig.reads(Map.of("check_interval", 20 + rig.heard.size()));

            assertThat(reload.result()).isEqualTo(Result.ROLLED_BACK);
            assertThat(reload.reason()).contains(failure.getMessage());
        }
        assertThat(rig.inForce().checkInterval()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void itIsTriedAgainUntilItCanBeAndToldOnlyWhereTheAnswerIsAnother() {
        rig.refuses("no disk");
        rig.reads(Map.of("check_interval", 20));
        assertThat(rig.applied).hasSize(1);

        rig.later(AGAIN.minusSeconds(1));
        assertThat(rig.applied).hasSize(1);
        rig.later(Duration.ofSeconds(2));
        assertThat(rig.applied).hasSize(2);
        assertThat(rig.heard).hasSize(1);
        rig.later(Duration.ofSeconds(2));
        assertThat(rig.applied).hasSize(2);

        rig.refuses("a partition");
        rig.later(AGAIN);
        assertThat(rig.heard).extracting(Reload::reason).containsExactly("no disk", "a partition");

        rig.takes();
        rig.later(AGAIN);
        assertThat(rig.heard).last().satisfies(last -> {
            assertThat(last.result()).isEqualTo(Result.APPLIED);
            assertThat(last.number()).isEqualTo(3);
            assertThat(last.sources()).containsExactly(Rig.FILE);
            assertThat(last.changes()).extracting(KeyChange::after).containsExactly("20");
        });
        rig.later(AGAIN.multipliedBy(10));
        assertThat(rig.heard).hasSize(3);
    }

    @Test
    void goingBackToWhatIsInForceEndsTheTrying() {
        rig.refuses("no disk");
        rig.reads(Map.of("check_interval", 20));

        assertThat(rig.reads(Map.of("check_interval", 10)).result()).isEqualTo(Result.UNCHANGED);

        rig.later(AGAIN.multipliedBy(3));
        assertThat(rig.applied).hasSize(1);
    }

    @Test
    void aNewContentIsTriedAndToldAtOnce() {
        rig.refuses("no disk");
        rig.reads(Map.of("check_interval", 20));
        rig.reads(Map.of("check_interval", 21));

        assertThat(rig.heard).extracting(Reload::number).containsExactly(1L, 2L);
        assertThat(rig.applied).hasSize(2);
    }

    @Test
    void whatIsRefusedBecauseEverythingEndsIsNoTroubleOfTheConfiguration() {
        var rig = new Rig(Map.of("container_iops_limit", 500));
        rig.target = config -> {
            rig.reloader.close();
            return new ConfigTarget.Answer.Refused("the guard is closed");
        };

        rig.reads(Map.of("container_iops_limit", 400));

        assertThat(rig.applied).hasSize(1);
        assertThat(rig.heard).isEmpty();
    }
}
