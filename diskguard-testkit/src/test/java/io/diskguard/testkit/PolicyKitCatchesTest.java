/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whoever breaks a promise of {@link LimitPolicy} hears of that one. */
class PolicyKitCatchesTest {
    @Test
    void aPolicyThatKeepsEveryPromisePasses() {
        assertThat(Kit.failures(Good.class)).isEmpty();
    }

    @Test
    void aPolicyThatRemembers() {
        assertThat(Kit.failures(Counting.class))
                .contains("theSameSubjectGetsTheSameAnswer", "severalThreadsGetTheSameAnswer");
    }

    @Test
    void aPolicyThatTrustsWhatPodsSay() {
        assertThat(Kit.failures(Trusting.class)).contains("strangePodsNeverMakeItThrow");
    }

    @Test
    void aPolicyThatHidesWhereItsNumbersComeFrom() {
        assertThat(Kit.failures(Nameless.class))
                .contains("everyNumberSaysWhereItComesFrom", "itsNameIsKebabCaseAndStable");
    }

    @Test
    void aPolicyThatWantsToLoosen() {
        assertThat(Kit.failures(Loosening.class)).containsExactly("atTightenNothingIsLoosened");
    }

    @Test
    void aPolicyThatNeverSaysAnything() {
        assertThat(Kit.failures(Mute.class)).contains("itProposesSomethingForTheSubjectsGiven");
    }

    private record Made(String name, Function<Subject, Proposal> answer) implements LimitPolicy {
        @Override
        public Phase phase() {
            return Phase.TIGHTEN;
        }

        @Override
        public int order() {
            return 1;
        }

        @Override
        public Proposal propose(Subject subject) {
            return answer.apply(subject);
        }

        static LimitPolicy saying(String name, Rate rate, String origin) {
            return new Made(name, subject -> wiops(rate, origin));
        }

        static Proposal wiops(Rate rate, String origin) {
            return new Proposal(Map.of(LimitKey.WIOPS, new Proposed(rate, origin)), List.of());
        }
    }

    abstract static class OfMade extends LimitPolicyTck {
        @Override
        protected List<LimitPolicy.Subject> subjects() {
            var pod = Pods.pod("web").annotation("weight", "7").container("app").build();
            var disk = DiskUse.guarded(new Disk(new DeviceId(8, 0), "sda"));
            return List.of(
                    new LimitPolicy.Subject(pod, Optional.of(pod.containers().get(0)), disk));
        }
    }

    static class Good extends OfMade {
        @Override
        protected LimitPolicy newPolicy() {
            return Made.saying("good", Rate.perSecond(100), "because");
        }
    }

    static class Counting extends OfMade {
        @Override
        protected LimitPolicy newPolicy() {
            var calls = new AtomicLong(100);
            return new Made("counting", subject -> Made.wiops(Rate.perSecond(calls.incrementAndGet()), "call"));
        }
    }

    static class Trusting extends OfMade {
        @Override
        protected LimitPolicy newPolicy() {
            return new Made("trusting", subject -> {
                var weight = Long.parseLong(subject.pod().annotations().get("weight"));
                return Made.wiops(Rate.perSecond(weight), "weight");
            });
        }
    }

    static class Nameless extends OfMade {
        @Override
        protected LimitPolicy newPolicy() {
            return Made.saying("My Policy", Rate.perSecond(100), " ");
        }
    }

    static class Loosening extends OfMade {
        @Override
        protected LimitPolicy newPolicy() {
            return Made.saying("loosening", Rate.UNLIMITED, "free for all");
        }
    }

    static class Mute extends OfMade {
        @Override
        protected LimitPolicy newPolicy() {
            return new Made("mute", subject -> LimitPolicy.Proposal.ABSTAIN);
        }
    }
}
