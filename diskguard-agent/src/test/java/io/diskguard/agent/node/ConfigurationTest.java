/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.ConfigResult;
import io.diskguard.provider.ProviderSource;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.Support;
import io.diskguard.spi.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void aPluginsSourceCountsWhereItsOrderPutsIt() {
        assertThat(interval(read(new Vault(300), Map.of("CHECK_INTERVAL", "10"))))
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(interval(read(new Vault(50), Map.of("CHECK_INTERVAL", "10"))))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(closed).hasValue(2);
    }

    @Test
    void aPluginThatCannotMakeItsSourceCostsOnlyThat() {
        var broken = new Vault(300) {
            @Override
            public ConfigSource create(Environment environment) {
                throw new IllegalStateException("sealed");
            }
        };
        assertThat(interval(read(broken, Map.of()))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aFileNameThatIsNoneIsAProblem() {
        var result = read(new Vault(50), Map.of("CONFIG_FILE_PATH", "a\u0000b"));
        assertThat(((ConfigResult.Invalid) result).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("CONFIG_FILE_PATH"));
    }

    private static Duration interval(ConfigResult result) {
        return ((ConfigResult.Valid) result).config().checkInterval();
    }

    private static ConfigResult read(Vault vault, Map<String, String> variables) {
        var clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        var environment = new Environment(HostPaths.host(), clock, Ticker.system(), variables);
        return Configuration.read(environment, Optional.empty(), ProviderSource.of(vault));
    }

    private class Vault implements ConfigSource.Factory, ConfigSource {
        private final int order;

        Vault(int order) {
            this.order = order;
        }

        @Override
        public String name() {
            return "vault";
        }

        @Override
        public int priority() {
            return CUSTOM;
        }

        @Override
        public Support probe(Environment environment) {
            return Support.supported();
        }

        @Override
        public ConfigSource create(Environment environment) {
            return this;
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public Snapshot snapshot() {
            return new Snapshot(Map.of("check_interval", new Value("5m", "vault")), List.of());
        }

        @Override
        public void onChange(Runnable changed) {}

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
