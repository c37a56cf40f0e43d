/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.filter.PodFilter;
import io.diskguard.model.Disk;
import io.diskguard.model.Exclusions;
import io.diskguard.policy.PolicyChain;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UniformityTest {
    private static final List<Disk> DISKS = List.of(new Disk(Examples.DISK, "sda"));

    private final Uniformity uniformity = new Uniformity(
            () -> new PodFilter(Exclusions.NONE), () -> Decider.of(PolicyChain.of(Examples.config(), List.of())));

    @Test
    void oneContainerIsLikeAllOthers() {
        assertThat(uniformity.isUniform(Examples.pod(Map.of("iops-limit/write-iops", "70")), DISKS))
                .isTrue();
    }

    /** Whose cgroup it is need not be asked: what the rule says of the one container there is holds. */
    @Test
    void oneContainerThatARuleNamesIsLikeAllOthers() {
        var rule = Map.of("iops-limit/policy", "[{\"container\": \"app\", \"writeIops\": 70}]");

        assertThat(uniformity.isUniform(Examples.pod(rule), DISKS)).isTrue();
    }
}
