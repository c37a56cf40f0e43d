/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.k8s.kubelet.KubeletStatsFactory;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.provider.ProviderSource;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.Provider;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.RuntimeResolver.Resolution;
import io.diskguard.spi.Support;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a simulated node has in place of a real one's: a driver, counters, and runtimes that know what they are told. */
final class SimulatedProviders {
    private final Map<Known, CgroupPath> known = new ConcurrentHashMap<>();
    private final AtomicBoolean silent = new AtomicBoolean();

    /** What one runtime behind one socket knows. */
    private record Known(String runtime, String socket, ContainerId container) {}

    private interface Named<T> extends Provider<T> {
        @Override
        default int priority() {
            return BUILT_IN;
        }
    }

    private record Driver(String name, boolean isThere, SimulatedNode node)
            implements CgroupDriver.Factory, Named<CgroupDriver> {
        @Override
        public Support probe(Environment environment) {
            return isThere ? Support.supported() : Support.unsupported("the node has the other version");
        }

        @Override
        public CgroupDriver create(Environment environment) {
            return node.driver();
        }
    }

    private record Stats(SimulatedNode node) implements IoStatsSource.Factory, Named<IoStatsSource> {
        @Override
        public String name() {
            return "simulated";
        }

        @Override
        public Support probe(Environment environment) {
            return Support.supported();
        }

        @Override
        public IoStatsSource create(Environment environment) {
            return node.stats();
        }
    }

    private record Runtime(String name, Map<Known, CgroupPath> known, AtomicBoolean silent)
            implements RuntimeResolver.Factory, Named<RuntimeResolver> {
        @Override
        public Set<String> schemes() {
            return Set.of(name);
        }

        @Override
        public Support probe(Environment environment) {
            return Support.supported();
        }

        @Override
        public RuntimeResolver create(Environment environment) {
            var socket = environment.setting("container_socket_path").orElse("");
            return new RuntimeResolver() {
                @Override
                public Resolution resolve(ContainerId id) {
                    if (silent.get()) {
                        return new Resolution.Unknown("the runtime did not answer in time");
                    }
                    return Optional.ofNullable(known.get(new Known(name, socket, id)))
                            .<Resolution>map(cgroup -> new Resolution.Found(
                                    cgroup, Optional.empty(), Optional.empty(), Optional.empty(), false))
                            .orElseGet(Resolution.Gone::new);
                }

                @Override
                public void close() {}
            };
        }
    }

    /** From now on the runtime says where the container is, to who asks at that socket; empty for its usual one. */
    void knows(String runtime, String socket, ContainerId container, CgroupPath cgroup) {
        known.put(new Known(runtime, socket, container), cgroup);
    }

    /** Whether every runtime is away. */
    void silence(boolean away) {
        silent.set(away);
    }

    ProviderSource of(SimulatedNode node, boolean v2, LiveSource source) {
        return ProviderSource.of(
                new Driver("cgroup-v1-blkio", !v2, node),
                new Driver("cgroup-v2-io-max", v2, node),
                new Stats(node),
                new KubeletStatsFactory(),
                new Runtime("docker", known, silent),
                new Runtime("containerd", known, silent),
                new Runtime("cri-o", known, silent),
                source.factory());
    }
}
