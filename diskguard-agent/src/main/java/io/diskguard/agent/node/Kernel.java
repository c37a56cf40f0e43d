/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.agent.exchange.Exchange;
import io.diskguard.agent.exchange.SwitchedRuntimes;
import io.diskguard.agent.exchange.SwitchedStats;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.GuardConfig.CgroupVersion;
import io.diskguard.config.RuntimeSettings;
import io.diskguard.k8s.kubelet.KubeletProperties;
import io.diskguard.k8s.kubelet.KubeletStatsFactory;
import io.diskguard.model.CgroupPath;
import io.diskguard.provider.ProviderSelection;
import io.diskguard.provider.ProviderSelection.Selection;
import io.diskguard.provider.ProviderSelectionException;
import io.diskguard.provider.ProviderSource;
import io.diskguard.provider.RuntimeChain;
import io.diskguard.smart.StatsChain;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What fits this machine: the driver, who knows its containers, and who counts what they do. Closing it closes all of them.
 *
 * @param driverName of who made the driver
 */
public record Kernel(
        CgroupDriver driver,
        String driverName,
        SwitchedRuntimes runtimes,
        SwitchedStats stats,
        ProviderSource providers)
        implements AutoCloseable {
    /** The one that the machine has, of those that come with DiskGuard. */
    public static Kernel open(Environment environment) throws AgentException {
        return open(environment, builtIn(), GuardConfig.defaults());
    }

    /** @throws AgentException saying of each driver why it cannot work here */
    public static Kernel open(Environment environment, ProviderSource providers, GuardConfig config)
            throws AgentException {
        try {
            var chosen = chooseDriver(environment, providers, config);
            var driver = chosen.provider().create(environment);
            return new Kernel(
                    driver,
                    chosen.provider().name(),
                    new SwitchedRuntimes(runtimes(environment, providers, config)),
                    new SwitchedStats(StatsChain.open(providers, environment, statsFirst(config))),
                    providers);
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

    /**
     * What has to be exchanged for another configuration.
     *
     * @param environment with the settings of that one
     * @throws AgentException if the driver in use is not the one that it asks for
     */
    Exchange exchange(Environment environment, GuardConfig before, GuardConfig next) throws AgentException {
        if (before.cgroupVersion() != next.cgroupVersion()) {
            driverMustBeTheSame(environment, next);
        }
        var exchanges = new ArrayList<Exchange>();
        if (!before.runtime().equals(next.runtime())) {
            exchanges.add(runtimes.to(runtimes(environment, providers, next)));
        }
        if (!KubeletProperties.of(before).equals(KubeletProperties.of(next))) {
            exchanges.add(stats.to(StatsChain.open(providers, environment, statsFirst(next))));
        }
        return Exchange.of(exchanges);
    }

    /** Only one hierarchy has the controller of block IO: another driver can only be one of a plugin. */
    private void driverMustBeTheSame(Environment environment, GuardConfig next) throws AgentException {
        try {
            var chosen = chooseDriver(environment, providers, next).provider().name();
            if (!chosen.equals(driverName)) {
                throw AgentException.failed("cgroup_version asks for the driver " + chosen + " instead of " + driverName
                        + ", which takes a restart");
            }
        } catch (ProviderSelectionException e) {
            throw AgentException.failed("cgroup_version: " + e.getMessage());
        }
    }

    private static RuntimeChain runtimes(Environment environment, ProviderSource providers, GuardConfig config) {
        return RuntimeChain.open(
                providers, environment, schemes(config.runtime().kind()));
    }

    /** 1 or 2: only the root of version 2 has that file (Linux {@code Documentation/admin-guide/cgroup-v2.rst}). */
    int cgroupVersion() {
        return driver.hierarchy().exists(CgroupPath.ROOT, "cgroup.controllers") ? 2 : 1;
    }

    @Override
    public void close() {
        stats.close();
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
