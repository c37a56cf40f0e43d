/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.Support;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RuntimeChainTest {
    private static final RuntimeResolver.Resolution UNKNOWN = new RuntimeResolver.Resolution.Unknown("away");
    private static final RuntimeResolver.Resolution GONE = new RuntimeResolver.Resolution.Gone();
    private static final RuntimeResolver.Resolution FOUND = new RuntimeResolver.Resolution.Found(
            new CgroupPath("/a"), Optional.empty(), Optional.empty(), Optional.empty(), false);

    private static final ContainerId ID = new ContainerId("containerd", "c1");

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

    @Test
    void nobodyIsLookedForBeforeAContainerIsAskedAbout() {
        var probes = new AtomicInteger();
        try (var chain = RuntimeChain.open(ProviderSource.of(new Late(probes, 1)), Environment.system())) {
            assertThat(probes).hasValue(0);
            assertThat(chain.resolve(ID)).isEqualTo(FOUND);
        }
    }

    @Test
    void aRuntimeThatStartsLaterIsFoundAndMeanwhileNotLookedForAllTheTime() {
        var nanos = new AtomicLong();
        var system = Environment.system();
        var world = new Environment(system.paths(), system.clock(), nanos::get, Map.of());
        var probes = new AtomicInteger();
        try (var chain = RuntimeChain.open(ProviderSource.of(new Late(probes, 2)), world)) {
            assertThat(chain.resolve(ID)).isInstanceOf(RuntimeResolver.Resolution.Unknown.class);
            assertThat(chain.resolve(ID)).isInstanceOf(RuntimeResolver.Resolution.Unknown.class);
            assertThat(probes).hasValue(1);

            nanos.addAndGet(Duration.ofSeconds(30).toNanos());
            assertThat(chain.resolve(ID)).isEqualTo(FOUND);
            nanos.addAndGet(Duration.ofSeconds(30).toNanos());
            assertThat(chain.resolve(ID)).isEqualTo(FOUND);
            assertThat(probes).hasValue(2);
        }
    }

    @Test
    void aRuntimeThatIsNotToBeAskedIsNot() {
        var docker = new Fake("docker", 100, Set.of("docker"), FOUND);
        var scan = new Fake("scan", 0, Set.of(), GONE);
        try (var chain = RuntimeChain.open(
                ProviderSource.of(docker, scan), Environment.system(), scheme -> !scheme.equals("docker"))) {
            assertThat(chain.resolve(new ContainerId("docker", "c1"))).isEqualTo(GONE);
        }
    }

    @Test
    void aRuntimeThatIsNotToBeAskedIsNotLookedForEither() {
        var probes = new AtomicInteger();
        try (var chain = RuntimeChain.open(
                ProviderSource.of(new Late(probes, 1)), Environment.system(), scheme -> !scheme.equals("containerd"))) {
            assertThat(chain.resolve(ID)).isInstanceOf(RuntimeResolver.Resolution.Unknown.class);
            assertThat(probes).hasValue(0);
        }
    }

    @Test
    void aRuntimeThatCannotSayWhatItServesCostsTheOthersNothing() {
        var containerd = new Fake("containerd", 100, Set.of("containerd"), FOUND);
        assertThat(ask("containerd", new Mute(), containerd)).isEqualTo(FOUND);
    }

    /** One that is broken. */
    private record Mute() implements RuntimeResolver.Factory {
        @Override
        public String name() {
            return "mute";
        }

        @Override
        public int priority() {
            return 200;
        }

        @Override
        public Set<String> schemes() {
            throw new IllegalStateException("broken");
        }

        @Override
        public Support probe(Environment environment) {
            return Support.supported();
        }

        @Override
        public RuntimeResolver create(Environment environment) {
            throw new IllegalStateException("broken");
        }
    }

    /** One whose daemon answers from a certain probe on. */
    private record Late(AtomicInteger probes, int from) implements RuntimeResolver.Factory {
        @Override
        public String name() {
            return "late";
        }

        @Override
        public int priority() {
            return 100;
        }

        @Override
        public Set<String> schemes() {
            return Set.of("containerd");
        }

        @Override
        public Support probe(Environment environment) {
            return probes.incrementAndGet() >= from ? Support.supported() : Support.unsupported("not yet");
        }

        @Override
        public RuntimeResolver create(Environment environment) {
            return new Fake(name(), priority(), schemes(), FOUND).create(environment);
        }
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
