/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.config.GuardConfig;
import io.diskguard.config.GuardConfig.CgroupVersion;
import io.diskguard.config.RuntimeSettings;
import io.diskguard.provider.ProviderSelection;
import io.diskguard.provider.ProviderSelectionException;
import io.diskguard.provider.ProviderSource;
import io.diskguard.provider.RuntimeChain;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.RuntimeResolver;
import java.util.Optional;
import java.util.function.Predicate;

/** What fits this machine: the driver, and who knows its containers. Immutable; closing it closes both. */
public record Kernel(CgroupDriver driver, RuntimeResolver runtimes, ProviderSource providers, Environment environment)
        implements AutoCloseable {
    /** The one that the machine has, of those that come with DiskGuard. */
    public static Kernel open(Environment environment) throws AgentException {
        return open(environment, builtIn(), GuardConfig.defaults());
    }

    /** @throws AgentException saying of each driver why it cannot work here */
    public static Kernel open(Environment environment, ProviderSource providers, GuardConfig config)
            throws AgentException {
        try {
            var name = name(config.cgroupVersion());
            var chosen = ProviderSelection.choose(CgroupDriver.Factory.class, providers, environment, name);
            var runtimes = RuntimeChain.open(
                    providers, environment, schemes(config.runtime().kind()));
            return new Kernel(chosen.provider().create(environment), runtimes, providers, environment);
        } catch (ProviderSelectionException e) {
            throw AgentException.failed(String.valueOf(e.getMessage()));
        }
    }

    static ProviderSource builtIn() {
        return ProviderSource.serviceLoader(Kernel.class.getClassLoader());
    }

    /** @throws AgentException saying of each source why it cannot work here */
    public IoStatsSource stats() throws AgentException {
        try {
            return ProviderSelection.choose(IoStatsSource.Factory.class, providers, environment, Optional.empty())
                    .provider()
                    .create(environment);
        } catch (ProviderSelectionException e) {
            throw AgentException.failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        runtimes.close();
        driver.close();
    }

    private static Predicate<String> schemes(RuntimeSettings.Kind kind) {
        return switch (kind) {
            case AUTO -> scheme -> true;
            case DOCKER -> "docker"::equals;
            case CONTAINERD -> "containerd"::equals;
            case CRI_O -> "cri-o"::equals;
            case NONE -> scheme -> false;
        };
    }

    private static Optional<String> name(CgroupVersion version) {
        return switch (version) {
            case AUTO -> Optional.empty();
            case V1 -> Optional.of("cgroup-v1-blkio");
            case V2 -> Optional.of("cgroup-v2-io-max");
        };
    }
}
