/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.GuardConfig;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.policy.PolicyChain;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.LimitPolicy.Subject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The policies of the library itself. */
class BuiltInPoliciesTest {
    @Nested
    class Annotation extends LimitPolicyTck {
        @Override
        protected LimitPolicy newPolicy() {
            return builtIn("annotation");
        }

        @Override
        protected List<Subject> subjects() {
            return List.of(
                    subject(Pods.pod("flat").annotation("iops-limit/read-iops", "100")),
                    subject(Pods.pod("free").annotation("iops-limit/bps", "0")));
        }
    }

    @Nested
    class Defaults extends LimitPolicyTck {
        @Override
        protected LimitPolicy newPolicy() {
            return builtIn("defaults");
        }

        @Override
        protected List<Subject> subjects() {
            return List.of(subject(Pods.pod("plain")));
        }
    }

    @Test
    void theyAreTheseAndEachHasANameOfItsOwn() {
        assertThat(PolicyChain.builtIn(GuardConfig.defaults()))
                .extracting(LimitPolicy::name)
                .contains("annotation", "defaults")
                .doesNotHaveDuplicates();
    }

    private static LimitPolicy builtIn(String name) {
        return PolicyChain.builtIn(GuardConfig.defaults()).stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Subject subject(Pods pods) {
        var pod = pods.container("app").build();
        var disk = DiskUse.guarded(new Disk(new DeviceId(8, 0), "sda"));
        return new Subject(pod, Optional.of(pod.containers().get(0)), disk);
    }
}
