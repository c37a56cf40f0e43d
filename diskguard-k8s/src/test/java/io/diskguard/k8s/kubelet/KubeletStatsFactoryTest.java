/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.GuardConfig;
import io.diskguard.config.KubeletSettings;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;
import io.diskguard.testkit.ProviderTck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KubeletStatsFactoryTest extends ProviderTck {
    @Override
    protected Class<? extends Provider<?>> providerClass() {
        return KubeletStatsFactory.class;
    }

    @Override
    protected Environment environmentOf(SimulatedNode host) {
        return host.environment().withSettings(Map.of("smart_limit_use_kubelet_api", "true"));
    }

    @Test
    void byDefaultNobodyAsksTheKubelet() {
        assertThat(probe(KubeletProperties.of(GuardConfig.defaults())))
                .isInstanceOfSatisfying(Support.Unsupported.class, unsupported -> assertThat(unsupported.reason())
                        .contains("smart_limit_use_kubelet_api", "kubelet_"));
        assertThat(probe(Map.of())).isInstanceOf(Support.Unsupported.class);
    }

    @Test
    void itServesWhereItIsWantedOrTheKubeletIsConfigured() {
        assertThat(probe(Map.of("smart_limit_use_kubelet_api", "true"))).isEqualTo(Support.supported());
        for (var setting : Map.of(
                        "kubelet_port", "10255",
                        "kubelet_ca_path", "/ca",
                        "kubelet_token_path", "/token",
                        "kubelet_server_name", "node-1",
                        "kubelet_skip_verify", "true")
                .entrySet()) {
            assertThat(probe(Map.of(setting.getKey(), setting.getValue())))
                    .as(setting.getKey())
                    .isEqualTo(Support.supported());
        }
    }

    @Test
    void whereTheNodeIsSaysNotThatItsKubeletMayBeAsked() {
        assertThat(probe(Map.of("kubelet_host", "10.0.0.1"))).isInstanceOf(Support.Unsupported.class);
    }

    @Test
    void settingsThatCannotBeUsedAreUnsupportedWithTheReason() {
        for (var wrong : Map.of(
                        "kubelet_port", "https",
                        "kubelet_host", "",
                        "kubelet_ca_path", "/a\u0000",
                        "kubelet_client_cert_path", "/alone",
                        "smart_limit_monitor_interval", "soon")
                .entrySet()) {
            var settings = new HashMap<>(Map.of("smart_limit_use_kubelet_api", "true"));
            settings.put(wrong.getKey(), wrong.getValue());
            assertThat(probe(settings)).as(wrong.getKey()).isInstanceOf(Support.Unsupported.class);
        }
    }

    @Test
    void whatIsHandedOverComesOutAsItWentIn() {
        var all = new KubeletSettings(
                "node-1",
                10255,
                Optional.of(Path.of("/ca")),
                Optional.of(new KubeletSettings.ClientCertificate(Path.of("/cert"), Path.of("/key"))),
                Optional.of(Path.of("/token")),
                Optional.of("other"),
                true);
        assertThat(KubeletProperties.kubelet(KubeletProperties.of(all))).isEqualTo(all);
        var defaults = GuardConfig.defaults();
        var settings = KubeletProperties.of(defaults);
        assertThat(KubeletProperties.kubelet(settings))
                .isEqualTo(defaults.kubernetes().kubelet());
        assertThat(KubeletProperties.interval(settings)).isEqualTo(Duration.ofSeconds(60));
        assertThat(KubeletProperties.kubelet(Map.of()))
                .isEqualTo(defaults.kubernetes().kubelet());
    }

    private static Support probe(Map<String, String> settings) {
        try (var node = SimulatedNode.v2()) {
            return new KubeletStatsFactory().probe(node.environment().withSettings(settings));
        }
    }
}
