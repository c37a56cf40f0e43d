/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;
import io.diskguard.testkit.ProviderTck;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TierPolicyFactoryTest extends ProviderTck {
    @Override
    protected Class<? extends Provider<?>> providerClass() {
        return TierPolicyFactory.class;
    }

    @Override
    protected Environment environmentOf(SimulatedNode host) {
        return with(host, Samples.VARIABLES);
    }

    @Test
    void withoutTiersItSaysWhichVariableIsMissing() {
        assertThat(probe(Map.of())).isEqualTo(Support.unsupported("there is no environment variable DISK_TIER_<NAME>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "wiops", "wiops=1", "wiops=-5", "wbps=1Ki", "wiops=5 wiops=6", "iops=5", "wiops=5;rbps=1Mi"})
    void aTierThatCannotBeReadIsNoTierAtAll(String text) {
        assertThat(probe(Map.of("DISK_TIER_GOLD", text)))
                .isInstanceOfSatisfying(Support.Unsupported.class, unsupported -> assertThat(unsupported.reason())
                        .contains("DISK_TIER_GOLD is \"" + text + "\"", "wiops=500"));
    }

    private static Support probe(Map<String, String> variables) {
        try (var host = SimulatedNode.v2()) {
            return new TierPolicyFactory().probe(with(host, variables));
        }
    }

    private static Environment with(SimulatedNode host, Map<String, String> variables) {
        var world = host.environment();
        return new Environment(world.paths(), world.clock(), world.ticker(), variables);
    }
}
