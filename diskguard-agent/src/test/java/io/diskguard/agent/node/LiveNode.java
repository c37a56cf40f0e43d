/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.agent.view.NodeView;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Pod;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reload.ConfigStatus;
import io.diskguard.reload.Reload;
import io.diskguard.simulator.Load;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.testkit.Pods;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The agent as it is, on a simulated node with two disks, {@link #DATA} at {@code /data} and {@link #LOGS} at {@code /logs}.
 * Time passes only in {@link #pass}; the loop turns when the test has it turn.
 */
public final class LiveNode implements AutoCloseable {
    public static final DeviceId DATA = new DeviceId(259, 0);
    public static final DeviceId LOGS = new DeviceId(8, 16);
    public static final ContainerId APP = Pods.idOf("db", "app");

    private static final Duration STEP = Duration.ofSeconds(10);
    private static final Duration LONG_STEP = Duration.ofSeconds(30);
    /** Of two milliseconds each. */
    private static final int PATIENCE = 5000;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final SimulatedNode node;
    private final boolean own;
    private final SimulatedProviders providers = new SimulatedProviders();
    private final LiveSource source = new LiveSource();
    private final BlockingQueue<Reload> reloads = new LinkedBlockingQueue<>();
    private final Agent agent;
    private int rounds;

    /** @param keys beside {@code data_mount}, a directory for state and an address of its own */
    public LiveNode(Path directory, boolean v2, Map<String, ?> keys) throws AgentException {
        this(directory, v2, keys, Optional.empty());
    }

    /** @param file of configuration, which the others win over */
    public LiveNode(Path directory, boolean v2, Map<String, ?> keys, Optional<Path> file) throws AgentException {
        this(directory, LiveHost.of(v2), true, v2, keys, file, Optional.empty());
    }

    /** An agent with pods of its own, or another one on a node with cgroup v2 that had one before; who made that closes it. */
    LiveNode(
            Path directory, SimulatedNode host, Map<String, ?> keys, Optional<Path> file, Optional<Agent.PodsOf> podsOf)
            throws AgentException {
        this(directory, host, false, true, keys, file, podsOf);
    }

    private LiveNode(
            Path directory,
            SimulatedNode host,
            boolean own,
            boolean v2,
            Map<String, ?> keys,
            Optional<Path> file,
            Optional<Agent.PodsOf> podsOf)
            throws AgentException {
        node = host;
        this.own = own;
        source.set("data_mount", "/data");
        source.set("state_dir", directory.resolve("state").toString());
        source.set("http_address", "127.0.0.1:0");
        keys.forEach(source::set);
        agent = Agent.open(
                node.environment(),
                new NodeArguments(file, Optional.empty()),
                Optional.empty(),
                providers.of(node, v2, source),
                podsOf.orElse(any -> pods()));
        agent.reloader().start(Threads.daemons("test-config"));
    }

    private NodePods pods() {
        return new NodePods(
                "the pods of the test",
                node.pods(),
                node.podCgroups(),
                Optional::empty,
                new DiskGuardListener() {
                    @Override
                    public void sampled(Round round, List<Watched> watched) {
                        rounds++;
                    }
                },
                reloads::add,
                Optional.of(node.state()),
                Exchangeable.NEVER,
                Duration.ZERO,
                () -> {});
    }

    public SimulatedNode simulated() {
        return node;
    }

    /** What the agent knows of its node. */
    public NodeView view() {
        return agent.view();
    }

    /** Has another value of a key heard of, and waits until something came of it. */
    public Reload set(String key, Object value) {
        source.set(key, value);
        return reload();
    }

    /** Has the configuration looked at again, which says what it said. */
    public Reload lookAgain() {
        source.tell();
        return reload();
    }

    /** The same of a key that is said no more. */
    public Reload unset(String key) {
        source.unset(key);
        return reload();
    }

    /** Waits for the next change of the configuration, with time standing still but for {@code each} look. */
    public Reload reload(Duration each) {
        for (var i = 0; i < PATIENCE; i++) {
            turn();
            var reload = poll();
            if (reload.isPresent()) {
                turn();
                return reload.get();
            }
            node.advance(each);
        }
        throw new AssertionError("nothing came of a change of the configuration");
    }

    private Reload reload() {
        return reload(Duration.ZERO);
    }

    private Optional<Reload> poll() {
        try {
            return Optional.ofNullable(reloads.poll(2, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public ConfigStatus status() {
        return agent.reloader().status();
    }

    private void turn() {
        agent.guard().turn();
    }

    /** Starts pods, or changes them, and has the loop turn. */
    public LiveNode run(Pod... pods) {
        for (var pod : pods) {
            node.changePod(pod);
        }
        turn();
        return this;
    }

    /** Starts the pod {@code db} with the container {@link #APP}. */
    public LiveNode runApp() {
        return run(Pods.pod("db").container("app").build());
    }

    /** From now on {@link #APP} tries to write so often a second, 4 KiB each time. */
    public LiveNode writes(long operations) {
        return writes(APP, operations);
    }

    public LiveNode writes(ContainerId container, long operations) {
        node.load(container, Load.writing(DATA, operations, 4096));
        return this;
    }

    /** A container in which only a runtime can say where it is. */
    public LiveNode knows(String runtime, String socket, ContainerId container, CgroupPath cgroup) {
        providers.knows(runtime, socket, container, cgroup);
        return this;
    }

    /** Lets time pass, with a turn of the loop each ten seconds. */
    public LiveNode pass(Duration time) {
        return pass(time, STEP);
    }

    /** Lets time pass, with a turn of the loop each half minute. */
    public LiveNode minutes(int minutes) {
        return pass(Duration.ofMinutes(minutes), LONG_STEP);
    }

    private LiveNode pass(Duration time, Duration step) {
        for (var passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
            node.advance(step);
            turn();
        }
        return this;
    }

    /** Lets minutes pass until something outside of the loop came. */
    public boolean comes(BooleanSupplier outside) {
        for (var i = 0; i < PATIENCE; i++) {
            if (outside.getAsBoolean()) {
                return true;
            }
            minutes(1);
            poll().ifPresent(unexpected -> {
                throw new AssertionError(unexpected.toString());
            });
        }
        return false;
    }

    /** What the kernel has for {@link #APP} at {@code /data}: {@code rbps=max wbps=max riops=500 wiops=500}. */
    public String limit() {
        return limit(APP, DATA);
    }

    public String limit(ContainerId container, DeviceId disk) {
        return limit(node.cgroupOf(container).orElseThrow(), disk);
    }

    public String limit(CgroupPath cgroup, DeviceId disk) {
        return ((ReadResult.Found) node.driver().read(cgroup))
                .limits()
                .get(disk)
                .toString();
    }

    /** Somebody else writes a limit. */
    public void tamper(IoLimit limit) {
        try (var driver = node.driver()) {
            driver.apply(node.cgroupOf(APP).orElseThrow(), DATA, limit);
        }
    }

    /** Rounds of sampling since the start. */
    public int rounds() {
        return rounds;
    }

    public List<Recorded> decisions() {
        return agent.guard().decisions();
    }

    /** The annotations of the pod of that name, as the API server has them. */
    public Map<String, String> annotations(String pod) {
        return node.state().read("uid-" + pod);
    }

    /** From now on no runtime says anything of any container, or does again. */
    LiveNode silence(boolean silent) {
        providers.silence(silent);
        return this;
    }

    /** What {@code /healthz} answers. */
    public String healthy() {
        return page("/healthz");
    }

    /** What {@code /readyz} answers. */
    public String ready() {
        return page("/readyz");
    }

    public String metrics() {
        return page("/metrics");
    }

    public int port() {
        return agent.port();
    }

    private String page(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + agent.port() + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether another agent could have this directory for its state. */
    public static boolean isFree(Path stateDir) {
        try {
            StateLock.take(stateDir).close();
            return true;
        } catch (AgentException e) {
            return false;
        }
    }

    /** Stops the agent; the node's kernel can still be looked at. */
    public void stop() {
        agent.close();
    }

    @Override
    public void close() {
        agent.close();
        if (own) {
            node.close();
        }
    }
}
