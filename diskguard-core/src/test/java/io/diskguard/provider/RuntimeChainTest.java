/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.Support;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuntimeChainTest {
    private static final RuntimeResolver.Resolution UNKNOWN = new RuntimeResolver.Resolution.Unknown("away");
    private static final RuntimeResolver.Resolution GONE = new RuntimeResolver.Resolution.Gone();
    private static final RuntimeResolver.Resolution FOUND = new RuntimeResolver.Resolution.Found(
            new CgroupPath("/a"), Optional.empty(), Optional.empty(), Optional.empty(), false);

    private static RuntimeResolver.Resolution ask(String scheme, Provider<?>... providers) {
        try (var chain = RuntimeChain.open(ProviderSource.of(providers), Environment.system())) {
            return chain.resolve(new ContainerId(scheme, "c1"));
        }
    }

    @Test
    void theRuntimeOfTheIdsSchemeIsAskedFirst() {
        var docker = new Fake("docker", 100, Set.of("docker"), GONE);
        var containerd = new Fake("containerd", 100, Set.of("containerd"), FOUND);
        assertThat(ask("containerd", docker, containerd)).isEqualTo(FOUND);
        assertThat(ask("docker", docker, containerd)).isEqualTo(GONE);
    }

    @Test
    void theFallbackServesWhereTheRuntimeCannotSay() {
        var containerd = new Fake("containerd", 100, Set.of("containerd"), UNKNOWN);
        var scan = new Fake("scan", 0, Set.of(), FOUND);
        assertThat(ask("containerd", scan, containerd)).isEqualTo(FOUND);
        assertThat(ask("cri-o", scan, containerd)).isEqualTo(FOUND);
    }

    @Test
    void aSchemeThatNobodyServesIsUnknown() {
        assertThat(ask("cri-o", new Fake("docker", 100, Set.of("docker"), FOUND)))
                .isInstanceOfSatisfying(
                        RuntimeResolver.Resolution.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("cri-o"));
    }

    private record Fake(String name, int priority, Set<String> schemes, RuntimeResolver.Resolution answer)
            implements RuntimeResolver.Factory {
        @Override
        public Support probe(Environment environment) {
            return Support.supported();
        }

        @Override
        public RuntimeResolver create(Environment environment) {
            return new RuntimeResolver() {
                @Override
                public Resolution resolve(ContainerId id) {
                    return answer;
                }

                @Override
                public void close() {}
            };
        }
    }
}
