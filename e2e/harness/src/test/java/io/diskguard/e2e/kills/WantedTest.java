/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.e2e.apiserver.SamplePods;
import io.diskguard.e2e.churn.Expectation;
import io.diskguard.e2e.churn.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WantedTest {
    private static final Settings PLAIN = new Settings(Limits.of(500, 400, 0, 1 << 20), 0);
    private static final Settings CEILING = new Settings(Limits.of(500, 400, 0, 1 << 20), 450);
    private static final Limits SMART = Limits.of(0, 90, 0, 0);

    private Limits of(Map<String, String> annotations, Limits smart, Settings settings) {
        return Wanted.of(new SamplePods("n", 1).next(1).withAnnotations(annotations), "db", smart, settings);
    }

    @Test
    void theLoadOnlyTightensAndTheCeilingHoldsForAll() {
        assertThat(of(Map.of(), SMART, PLAIN)).isEqualTo(Limits.of(500, 90, 0, 1 << 20));
        assertThat(of(Map.of("iops-limit/iops", "0"), SMART, CEILING)).isEqualTo(Limits.of(450, 90, 0, 1 << 20));
        assertThat(of(Map.of("iops-limit/removed", "true"), Limits.NONE, CEILING))
                .isEqualTo(Limits.of(450, 450, 0, 0));
    }

    @Test
    void whatIsExcludedHasNothing() {
        var pod = new SamplePods("n", 1).next(1).withLabels(Map.of(Expectation.EXCLUDED, "yes"));
        assertThat(Wanted.of(pod, "db", Limits.NONE, CEILING)).isEqualTo(Limits.NONE);
    }
}
