/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {
    private final Budget budget = new Budget("3", "a full plan", "ms", 5, 1);

    @Test
    void whatIsJustReachedIsReached() {
        assertThat(budget.judge(1)).isEqualTo(Verdict.AIM);
        assertThat(budget.judge(1.001)).isEqualTo(Verdict.REACH);
        assertThat(budget.judge(5)).isEqualTo(Verdict.REACH);
    }

    @Test
    void whatIsAboveAndWhatIsNoNumberIsMissed() {
        assertThat(budget.judge(5.001)).isEqualTo(Verdict.MISSED);
        assertThat(budget.judge(Double.NaN)).isEqualTo(Verdict.MISSED);
    }
}
