/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.diskguard.config.GuardConfig;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.PolicyChain;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.LimitPolicy.Phase;
import io.diskguard.spi.LimitPolicy.Proposal;
import io.diskguard.spi.LimitPolicy.Subject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link LimitPolicy} promises, tried on pods that nobody expects and that anybody may write. */
public abstract class LimitPolicyTck {
    /** For subclasses. */
    protected LimitPolicyTck() {}

    /** Makes the policy; each call a new one with the same configuration. */
    protected abstract LimitPolicy newPolicy();

    /** Subjects that the policy does not abstain from, beside the kit's own; each call makes them anew. */
    protected abstract List<Subject> subjects();

    @Test
    void itsNameIsKebabCaseAndStable() {
        Names.check(newPolicy()::name);
        assertThat(newPolicy().name()).isEqualTo(newPolicy().name());
    }

    @Test
    void itsPhaseAndOrderNeverChange() {
        var policy = newPolicy();
        all().forEach(policy::propose);

        assertThat(policy.phase())
                .as("phase()")
                .isNotNull()
                .isEqualTo(newPolicy().phase());
        assertThat(policy.order()).as("order()").isEqualTo(newPolicy().order());
    }

    @Test
    void itProposesSomethingForTheSubjectsGiven() {
        assertThat(subjects()).as("subjects()").isNotEmpty().allSatisfy(subject -> assertThat(
                        propose(newPolicy(), subject).numbers())
                .as("numbers for %s", name(subject))
                .isNotEmpty());
    }

    @Test
    void theSameSubjectGetsTheSameAnswer() {
        var policy = newPolicy();
        var first = all().stream().map(subject -> propose(policy, subject)).toList();
        var again = all().stream().map(subject -> propose(policy, subject)).toList();
        var another =
                all().stream().map(subject -> propose(newPolicy(), subject)).toList();

        assertThat(again)
                .as("propose() is a pure function: an equal subject gets an equal proposal")
                .isEqualTo(first);
        assertThat(another).as("proposals of another instance").isEqualTo(first);
    }

    @Test
    void severalThreadsGetTheSameAnswer() {
        var policy = newPolicy();
        for (var subject : subjects()) {
            Together.allAnswer("propose()", policy.propose(subject), () -> policy.propose(subject));
        }
    }

    @Test
    void everyNumberSaysWhereItComesFrom() {
        for (var subject : all()) {
            propose(newPolicy(), subject).numbers().forEach((key, proposed) -> {
                assertThat(proposed).as("%s for %s", key, name(subject)).isNotNull();
                assertThat(proposed.rate())
                        .as("rate of %s for %s", key, name(subject))
                        .isNotNull();
                assertThat(proposed.origin())
                        .as("origin of %s for %s: explain shows it", key, name(subject))
                        .isNotNull()
                        .isNotBlank();
            });
        }
    }

    @Test
    void whatAPodsOwnerWroteWrongIsAProblemOfThatKey() {
        for (var subject : all()) {
            assertThat(propose(newPolicy(), subject).problems()).allSatisfy(problem -> {
                assertThat(problem.key()).as("key").isNotNull();
                assertThat(problem.value()).as("value, as it was written").isNotNull();
                assertThat(problem.expected())
                        .as("what should have stood there")
                        .isNotBlank();
            });
        }
    }

    @Test
    void strangePodsNeverMakeItThrow() {
        for (var subject : Strange.subjects()) {
            propose(newPolicy(), subject);
        }
    }

    @Test
    void atTightenNothingIsLoosened() {
        var policy = newPolicy();
        if (policy.phase() != Phase.TIGHTEN) {
            return;
        }
        var without = PolicyChain.of(GuardConfig.defaults(), List.of());
        var with = PolicyChain.of(GuardConfig.defaults(), List.of(policy));
        for (var subject : all()) {
            var before = without.decide(subject).limit();
            var after = with.decide(subject).limit();
            for (var key : LimitKey.values()) {
                assertThat(before.get(key).isStricterThan(after.get(key)))
                        .as("%s for %s was loosened from %s to %s", key, name(subject), before, after)
                        .isFalse();
            }
            propose(policy, subject).numbers().forEach((key, proposed) -> assertThat(
                            proposed.rate().isUnlimited())
                    .as("%s for %s: \"no limit\" cannot tighten; abstain by leaving it out", key, name(subject))
                    .isFalse());
        }
    }

    private List<Subject> all() {
        var all = new ArrayList<>(subjects());
        all.addAll(Strange.subjects());
        return all;
    }

    private static Proposal propose(LimitPolicy policy, Subject subject) {
        try {
            var proposal = policy.propose(subject);
            assertThat(proposal)
                    .as("propose() for %s: a policy without opinion gives Proposal.ABSTAIN", name(subject))
                    .isNotNull();
            return proposal;
        } catch (RuntimeException | StackOverflowError e) {
            return fail(
                    "propose() threw for " + name(subject) + ": what is wrong in a pod is a problem of that key", e);
        }
    }

    private static String name(Subject subject) {
        var text = subject.toString();
        return text.length() > 600 ? text.substring(0, 600) + "…" : text;
    }
}
