/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.config.GuardConfig;
import io.diskguard.config.GuardConfig.CgroupVersion;
import io.diskguard.config.RuntimeSettings;
import io.diskguard.k8s.kubelet.KubeletStatsFactory;
import io.diskguard.provider.ProviderSelection;
import io.diskguard.provider.ProviderSelection.Selection;
import io.diskguard.provider.ProviderSelectionException;
import io.diskguard.provider.ProviderSource;
import io.diskguard.provider.RuntimeChain;
import io.diskguard.smart.StatsChain;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.RuntimeResolver;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What fits this machine: the driver, and who knows its containers. Immutable; closing it closes both.
 *
 * @param statsFirst names of the sources of counters that are asked before the others
 */
public record Kernel(
        CgroupDriver driver,
        RuntimeResolver runtimes,
        ProviderSource providers,
        Environment environment,
        List<String> statsFirst)
        implements AutoCloseable {
    public Kernel {
        statsFirst = List.copyOf(statsFirst);
    }

    /** The one that the machine has, of those that come with DiskGuard. */
    public static Kernel open(Environment environment) throws AgentException {
        return open(environment, builtIn(), GuardConfig.defaults());
    }

    /** @throws AgentException saying of each driver why it cannot work here */
    public static Kernel open(Environment environment, ProviderSource providers, GuardConfig config)
            throws AgentException {
        try {
            var chosen = chooseDriver(environment, providers, config);
            var runtimes = RuntimeChain.open(
                    providers, environment, schemes(config.runtime().kind()));
            var driver = chosen.provider().create(environment);
            return new Kernel(driver, runtimes, providers, environment, statsFirst(config));
        } catch (ProviderSelectionException e) {
            throw AgentException.failed(String.valueOf(e.getMessage()));
        }
    }

    /** @throws ProviderSelectionException saying of each driver why it cannot work here */
    public static Selection<CgroupDriver.Factory> chooseDriver(
            Environment environment, ProviderSource providers, GuardConfig config) {
        var name = name(config.cgroupVersion());
        return ProviderSelection.choose(CgroupDriver.Factory.class, providers, environment, name);
    }

    /** Which sources of counters are to be asked before the others. */
    public static List<String> statsFirst(GuardConfig config) {
        return config.smart().kubeletFirst() ? List.of(new KubeletStatsFactory().name()) : List.of();
    }

    static ProviderSource builtIn() {
        return ProviderSource.serviceLoader(Kernel.class.getClassLoader());
    }

    /** Who counts what cgroups do; nothing is looked for before it is asked. To be closed by who asks for it. */
    public StatsChain stats() {
        return StatsChain.open(providers, environment, statsFirst);
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
