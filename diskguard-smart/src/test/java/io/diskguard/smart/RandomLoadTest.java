/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.DiskCapacity;
import io.diskguard.config.SmartRelease;
import io.diskguard.config.SmartSettings;
import io.diskguard.config.SmartWindow;
import io.diskguard.config.Threshold;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartDecision.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever the load, on random ones under random settings; a seed that fails is in the message. */
class RandomLoadTest {
    private static final int TRACES = 500;
    private static final int LOADED_MINUTES = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverTheLoadTheRulesHold(long series) {
        var late = 0;
        for (var i = 0; i < TRACES; i++) {
            var seed = series * 1_000_003 + i;
            var one = new Life(seed);
            one.live();
            one.check();
            var again = new Life(seed);
            again.live();
            assertThat(again.timeline.decisions())
                    .as("seed %d, the same again", seed)
                    .isEqualTo(one.timeline.decisions());
            var reloaded = new Life(seed);
            reloaded.reloads = Optional.of(new Random(seed));
            reloaded.live();
            assertThat(reloaded.timeline.decisions())
                    .as("seed %d, with reloads that change nothing", seed)
                    .isEqualTo(one.timeline.decisions());
            late += one.releasedLate();
        }
        assertThat(late)
                .as("limits that were released after the end of the load")
                .isGreaterThan(TRACES / 4);
    }

    /** One container's. */
    private static final class Life {
        private final long seed;
        private final Random random;
        private final SmartSettings settings;
        private final IoLimit statics;
        private final Timeline timeline;
        private Instant quietSince = Instant.MIN;
        private Optional<Random> reloads = Optional.empty();

        Life(long seed) {
            this.seed = seed;
            random = new Random(seed);
            settings = settings();
            statics = random.nextBoolean()
                    ? IoLimit.UNLIMITED
                    : IoLimit.UNLIMITED
                            .with(LimitKey.WIOPS, Rate.perSecond(20 + random.nextInt(2000)))
                            .with(LimitKey.RBPS, Rate.perSecond(100_000L + random.nextInt(50_000_000)));
            timeline = new Timeline(settings)
                    .statics(statics)
                    .capacity(
                            new DiskCapacity(OptionalLong.of(500 + random.nextInt(3000)), OptionalLong.of(50_000_000)));
            if (random.nextInt(4) == 0) {
                timeline.unruly();
            }
        }

        private SmartSettings settings() {
            var windows = new ArrayList<SmartWindow>();
            var minutes = 0;
            for (var i = 0; i <= random.nextInt(3); i++) {
                minutes += 5 + random.nextInt(30);
                windows.add(new SmartWindow(
                        minutes + "m",
                        Duration.ofMinutes(minutes),
                        random.nextBoolean()
                                ? new Threshold.Fraction(0.55 + random.nextDouble() * 0.4)
                                : new Threshold.PerSecond(100 + random.nextInt(1500)),
                        new Threshold.Fraction(0.6 + random.nextDouble() * 0.4),
                        random.nextInt(3) == 0 ? OptionalLong.of(50 + random.nextInt(500)) : OptionalLong.empty(),
                        OptionalLong.empty()));
            }
            return new SmartSettings(
                    true,
                    SmartSettings.Mode.ENFORCE,
                    Timeline.MINUTE,
                    windows,
                    SmartSettings.Reference.values()[random.nextInt(2)],
                    50,
                    1 << 20,
                    new SmartRelease(
                            new Threshold.Fraction(0.5),
                            new Threshold.Fraction(0.5),
                            Duration.ofMinutes(random.nextInt(10)),
                            Duration.ofMinutes(1 + random.nextInt(5))),
                    false,
                    Optional.empty());
        }

        void live() {
            while (timeline.now().instant().isBefore(Timeline.START.plus(Duration.ofMinutes(LOADED_MINUTES)))) {
                var length = 1 + random.nextInt(40);
                var rates = new IoRates(
                        random.nextInt(2000),
                        random.nextInt(2000),
                        random.nextInt(60_000_000),
                        random.nextInt(60_000_000));
                reloads.filter(Random::nextBoolean).ifPresent(yes -> timeline.reconfigured(settings));
                switch (random.nextInt(6)) {
                    case 0 -> timeline.idle(length);
                    case 1 -> timeline.restarts();
                    case 2 -> timeline.absent(random.nextInt(10));
                    case 3 -> timeline.countedBy("source-" + random.nextInt(2));
                    default ->
                        timeline.does(length, minute -> {
                            reloads.filter(Random::nextBoolean).ifPresent(yes -> timeline.reconfigured(settings));
                            return rates;
                        });
                }
            }
            quietSince = timeline.now().instant();
            timeline.idle(4 * 60);
        }

        int releasedLate() {
            return (int) timeline.decisions().stream()
                    .filter(each -> each.kind() == Kind.RELEASE && each.at().isAfter(quietSince))
                    .count();
        }

        void check() {
            var before = Optional.<SmartDecision>empty();
            for (var decision : timeline.decisions()) {
                decision.after().ifPresent(limit -> {
                    for (var key : LimitKey.values()) {
                        if (limit.rates().get(key) instanceof Rate.PerSecond limited) {
                            assertThat(limited.value())
                                    .as("seed %d: %s below the floor", seed, decision)
                                    .isGreaterThanOrEqualTo(key.floor());
                            if (settings.windows().stream()
                                    .noneMatch(window -> window.limit(key).isPresent())) {
                                assertThat(limited.value())
                                        .as("seed %d: %s computed below the floor", seed, decision)
                                        .isGreaterThanOrEqualTo(settings.least(key));
                            }
                            assertThat(statics.get(key)
                                            .isStricterThan(limit.rates().get(key)))
                                    .as("seed %d: %s above the static limit", seed, decision)
                                    .isFalse();
                        }
                    }
                });
                before.ifPresent(last -> assertThat(decision.at())
                        .as("seed %d: %s without a round after %s", seed, decision, last)
                        .isAfter(last.at()));
                if (decision.kind() == Kind.UPDATE) {
                    var was = decision.before().orElseThrow().rates();
                    assertThat(was.strictest(decision.after().orElseThrow().rates()))
                            .as("seed %d: %s loosens", seed, decision)
                            .isEqualTo(decision.after().orElseThrow().rates());
                }
                before = Optional.of(decision);
            }
            assertThat(timeline.limit()).as("seed %d: never released", seed).isEmpty();
            timeline.decisions().stream()
                    .filter(each -> each.kind() == Kind.RELEASE && each.at().isAfter(quietSince))
                    .forEach(each -> assertThat(Duration.between(quietSince, each.at()))
                            .as("seed %d: %s too late under %s", seed, each, settings)
                            .isLessThanOrEqualTo(bound(each)));
        }

        /** By the specification: the longest window, the delay, an interval of checks and two rounds. */
        private Duration bound(SmartDecision release) {
            var longest = settings.windows().get(settings.windows().size() - 1).length();
            return longest.plus(release.before().orElseThrow().removeDelay())
                    .plus(settings.release().checkInterval())
                    .plus(Timeline.MINUTE.multipliedBy(2));
        }
    }
}
