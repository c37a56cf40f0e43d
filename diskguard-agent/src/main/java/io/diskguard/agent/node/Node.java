/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.DiskGuard;
import io.diskguard.DiskGuardBuilder;
import io.diskguard.agent.api.Known;
import io.diskguard.agent.escape.HostLimitEscapes;
import io.diskguard.agent.http.Health;
import io.diskguard.agent.view.NodeMemory;
import io.diskguard.agent.view.NodeView;
import io.diskguard.cgroup.signal.HostSignals;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.ConfigWarning;
import io.diskguard.config.GuardConfig;
import io.diskguard.device.DeviceResolver;
import io.diskguard.device.DiskResolution;
import io.diskguard.k8s.kubelet.KubeletProperties;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Disk;
import io.diskguard.provider.ProviderSource;
import io.diskguard.reconcile.Explanation;
import io.diskguard.reload.ConfigReloader;
import io.diskguard.reload.ReloadListener;
import io.diskguard.smart.SmartKeeper;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import io.diskguard.spi.Ticker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node: its configuration and its kernel. Closing it closes the driver. Thread-safe. */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private final Environment environment;
    private final ConfigSources sources;
    private final ConfigResult.Valid configuration;
    private final Kernel kernel;

    private Node(Environment environment, ConfigSources sources, ConfigResult.Valid configuration, Kernel kernel) {
        this.environment = environment;
        this.sources = sources;
        this.configuration = configuration;
        this.kernel = kernel;
    }

    /** @throws AgentException if the configuration is wrong or no driver fits */
    public static Node open(Environment environment, NodeArguments arguments) throws AgentException {
        var providers = Plugins.source(arguments.plugins());
        return open(environment, ConfigSources.reading(environment, arguments.config(), providers), providers);
    }

    /** The same, whose sources tell of changes of the configuration. */
    static Node follow(Environment environment, NodeArguments arguments, ProviderSource providers)
            throws AgentException {
        return open(environment, ConfigSources.following(environment, arguments.config(), providers), providers);
    }

    private static Node open(Environment environment, ConfigSources sources, ProviderSource providers)
            throws AgentException {
        try {
            var configuration = Configuration.valid(sources.load());
            var config = configuration.config();
            var world = environment.withSettings(settings(config));
            return new Node(world, sources, configuration, Kernel.open(world, providers, config));
        } catch (AgentException | RuntimeException e) {
            sources.close();
            throw e;
        }
    }

    /** What providers may ask for, by configuration key. */
    static Map<String, String> settings(GuardConfig config) {
        var settings = new HashMap<>(KubeletProperties.of(config));
        config.runtime().socket().ifPresent(socket -> settings.put("container_socket_path", socket.toString()));
        return settings;
    }

    /** As it was when the node was opened. */
    public GuardConfig config() {
        return configuration.config();
    }

    /** Puts what the sources say from now on in force in a guard of this node. */
    ConfigReloader reloader(
            DiskGuard guard, NodePods pods, Consumer<GuardConfig> also, List<ReloadListener> listeners) {
        var target = new NodeTarget(environment, guard, List.of(kernel::exchange, pods.exchangeable()), also);
        return ConfigReloader.of(environment, sources.all(), configuration, target, listeners);
    }

    /** What the API tells of this node. */
    Known known(NodeView view, DiskGuard guard, ConfigReloader reloader, Health health, NodePods pods) {
        var hierarchy = kernel.driver().hierarchy();
        var identity = new Known.Identity(
                config().kubernetes().nodeName().orElse(""),
                kernel.cgroupVersion(),
                hierarchy.mountPoint(),
                kernel.driverName(),
                pods.what(),
                environment.clock().instant());
        return new Known(view, guard, reloader, health, identity, environment.clock());
    }

    /** What is valid in the configuration and probably not meant. */
    List<ConfigWarning> warnings() {
        return configuration.warnings();
    }

    public CgroupDriver driver() {
        return kernel.driver();
    }

    Ticker ticker() {
        return environment.ticker();
    }

    /** Whose files limits are written to: 1 or 2. */
    int cgroupVersion() {
        return kernel.cgroupVersion();
    }

    /** @throws AgentException if nobody says which pods there are */
    NodePods pods(Optional<Path> directory, NodePods.Use use) throws AgentException {
        return NodePods.of(environment, config(), kernel.driver().hierarchy(), directory, use);
    }

    /** Asks the runtime once about nobody: connecting takes longer than a container that starts later may wait. */
    void greetRuntime() {
        var nobody = "0".repeat(64);
        for (var scheme : List.of("containerd", "cri-o")) {
            try {
                kernel.runtimes().resolve(new ContainerId(scheme, nobody));
            } catch (RuntimeException e) {
                LOG.debug("{} was not greeted", scheme, e);
            }
        }
    }

    /** Remembers what a guard of these pods tells. */
    NodeMemory memory(PodSource pods) {
        return new NodeMemory(environment, pods, HostSignals.of(environment));
    }

    /** A guard of this node, without a listener. */
    DiskGuardBuilder guard(PodSource pods, PodCgroups cgroups) {
        return looker(pods, cgroups)
                .stats(kernel.stats())
                .signals(HostSignals.of(environment))
                .smart(SmartKeeper::of)
                .escapes(HostLimitEscapes.of(environment, kernel.driver(), kernel.runtimes()::resolve));
    }

    /** One that knows what is wanted and what the kernel has, and no more. */
    private DiskGuardBuilder looker(PodSource pods, PodCgroups cgroups) {
        var builder = DiskGuard.builder()
                .environment(environment)
                .config(config())
                .driver(kernel.driver())
                .pods(pods)
                .podCgroups(cgroups)
                .runtime(kernel.runtimes());
        Plugins.policies(kernel.providers(), environment).forEach(builder::policy);
        return builder;
    }

    /**
     * Why the pod's containers have the limits that they have.
     *
     * @param podsDirectory of pod manifests; empty to take the pods from where the configuration says
     * @param stop ends the wait for the pods
     * @throws AgentException if the pod or a disk is not there, or the pods are not heard of
     */
    public Explanation explain(PodName name, Optional<Path> podsDirectory, StopSignal stop)
            throws AgentException, InterruptedException {
        disksMustBeThere();
        try (var pods = pods(podsDirectory, NodePods.Use.LOOK)) {
            pods.await(environment.ticker(), stop);
            return guard(pods.pods(), pods.cgroups())
                    .build()
                    .explain(name.namespace(), name.name())
                    .orElseThrow(() -> AgentException.failed("there is no pod " + name + " among " + pods.what()
                            + pods.trouble().get().map(it -> "; " + it).orElse("")));
        }
    }

    /**
     * Begins to look at the pods' containers, as long as somebody does; nothing is written.
     *
     * @param podsDirectory of pod manifests; empty to take the pods from where the configuration says
     * @param stop ends the wait for the pods
     * @throws AgentException if no disk is there, or the pods are not heard of
     */
    public NodeWatch watch(Optional<Path> podsDirectory, StopSignal stop) throws AgentException, InterruptedException {
        disksMustBeThere();
        var pods = pods(podsDirectory, NodePods.Use.WATCH);
        try {
            pods.await(environment.ticker(), stop);
            var guard = looker(pods.pods(), pods.cgroups()).build();
            return new NodeWatch(
                    config().kubernetes().nodeName(),
                    pods.pods(),
                    pods.trouble(),
                    this::foundDisks,
                    pod -> guard.explain(pod.namespace(), pod.name()),
                    kernel.driver()::read,
                    kernel.stats(),
                    HostSignals.of(environment),
                    environment,
                    pods::close);
        } catch (AgentException | InterruptedException | RuntimeException e) {
            pods.close();
            throw e;
        }
    }

    @Override
    public void close() {
        kernel.close();
        sources.close();
    }

    /** What each configured mount and device is now. */
    private List<DiskResolution> disks() {
        var resolver = new DeviceResolver(environment.paths());
        var answers = new ArrayList<DiskResolution>();
        config().disks().mounts().forEach(mount -> answers.add(resolver.ofMount(mount)));
        config().disks().devices().forEach(device -> answers.add(resolver.ofDevice(device)));
        return answers;
    }

    private List<Disk> foundDisks() {
        return disks().stream()
                .filter(DiskResolution.Found.class::isInstance)
                .flatMap(answer -> ((DiskResolution.Found) answer).disks().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private void disksMustBeThere() throws AgentException {
        var answers = disks();
        if (answers.stream().noneMatch(DiskResolution.Found.class::isInstance)) {
            throw AgentException.failed(
                    String.join("; ", answers.stream().map(DiskWords::of).toList()));
        }
    }
}
