/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.node;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskguard.cgroup.v2.IoMaxDriver;
import io.diskguard.e2e.apiserver.ApiServer;
import io.diskguard.e2e.apiserver.Json;
import io.diskguard.e2e.cri.Gap;
import io.diskguard.e2e.cri.Runtime;
import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.spi.CgroupDriver.ReadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * This machine as a node of a cluster: an API server, containerd, and the agent that guards the volume {@code data}. All its pods and
 * processes are ended when it is closed. Not thread-safe.
 */
public final class GuardedNode implements AutoCloseable {
    static final String NAME = "node-1";
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String VOLUME = "data";

    private final Machine machine = Machine.here();
    private final KubeletDriver driver;
    private final Path directory;
    private final Cgroups cgroups;
    private final ApiServer api;
    private final Containerd containerd;
    private final AgentProcess agent;
    private final IoMaxDriver kernel;
    private final List<NodePod> pods = new ArrayList<>();

    private GuardedNode(KubeletDriver driver, Path directory, List<String> configuration) {
        this.driver = driver;
        this.directory = directory;
        cgroups = driver == KubeletDriver.CGROUPFS ? Cgroups.open(machine, "kubepods") : Cgroups.all(machine);
        if (driver == KubeletDriver.CGROUPFS) {
            cgroups.make(driver.pods());
        }
        kernel = new IoMaxDriver(cgroups.fs());
        api = ApiServer.start(directory.resolve("api"));
        agent = AgentProcess.in(machine, directory.resolve("agent"));
        var lines = new ArrayList<>(List.of(
                "kubeconfig_path: " + api.kubeconfig(),
                "data_mount: " + machine.volume(VOLUME).mount(),
                "container_runtime: containerd",
                "container_socket_path: " + directory.resolve("containerd/socket")));
        lines.addAll(configuration);
        agent.configure(lines.toArray(String[]::new));
        agent.launch(); // while containerd starts
        try {
            containerd = Containerd.start(directory.resolve("containerd"), driver);
        } catch (RuntimeException | Error e) {
            agent.close(); // it would guard the pods of the next scenario
            api.close();
            throw e;
        }
    }

    /** @param configuration of the agent, besides where things are: lines of YAML */
    public static GuardedNode start(KubeletDriver driver, String... configuration) {
        try {
            var directory = Files.createTempDirectory("node");
            Files.createDirectories(directory.resolve("out"));
            var node = new GuardedNode(driver, directory, List.of(configuration));
            try {
                node.begin();
            } catch (RuntimeException | Error e) {
                node.close();
                throw e;
            }
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a pod, as every node has some: from ids in their status it is known which runtime there is to be asked about others. */
    private void begin() {
        agent.awaitReady();
        var first = pod("first", Map.of(), "app");
        awaitLimit(first.cgroup(first.launch("app", Scripts.SLEEP)), Limits.usual());
        // The agent's first question to the runtime takes an emulated processor a second; which container this is only
        // that can say.
        var asked = pod("asked", Map.of("iops-limit/policy", "[{container: side, writeIops: 90}]"), "app", "side");
        var app = asked.create("app", Scripts.SLEEP);
        asked.start(app);
        awaitLimit(asked.cgroup(app), Limits.usual());
        asked.end();
    }

    /** A pod that has a sandbox and no container yet. */
    public NodePod pod(String name, Map<String, String> annotations, String... containers) {
        var pod = new NodePod(this, name, annotations, List.of(containers));
        pods.add(pod);
        return pod;
    }

    public AgentProcess agent() {
        return agent;
    }

    public ApiServer api() {
        return api;
    }

    public Cgroups cgroups() {
        return cgroups;
    }

    public Machine machine() {
        return machine;
    }

    /** The disk that is guarded. */
    public DeviceId disk() {
        return machine.volume(VOLUME).disk();
    }

    Path data() {
        return machine.volume(VOLUME).mount();
    }

    /** What containers have at {@code /out}, to say something to the scenario. */
    public Path out() {
        return directory.resolve("out");
    }

    KubeletDriver driver() {
        return driver;
    }

    Runtime runtime() {
        return containerd.runtime();
    }

    void makeRoomFor(CgroupPath pod) {
        if (driver == KubeletDriver.CGROUPFS) {
            cgroups.make(pod);
        }
    }

    void clear(CgroupPath pod) {
        if (driver == KubeletDriver.CGROUPFS) {
            cgroups.remove(pod);
        } else if (cgroups.fs().exists(pod)) {
            Systemd.stop(pod.name()); // a slice outlives its scopes
        }
    }

    void ended(NodePod pod) {
        pods.remove(pod);
    }

    /** What the kernel has, now, on the guarded disk; empty where the cgroup has no {@code io.max}. */
    public Optional<IoLimit> limit(CgroupPath cgroup) {
        return limit(cgroup, disk());
    }

    public Optional<IoLimit> limit(CgroupPath cgroup, DeviceId on) {
        return kernel.read(cgroup) instanceof ReadResult.Found found
                ? Optional.of(found.limits().get(on))
                : Optional.empty();
    }

    /** Waits until the kernel has exactly that limit on the guarded disk; how long that took. */
    public Duration awaitLimit(CgroupPath cgroup, IoLimit wanted) {
        var begin = System.nanoTime();
        await("limit of " + cgroup)
                .atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> limit(cgroup), Optional.of(wanted)::equals);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Until the kernel has a line for the guarded disk in a cgroup's {@code io.max}, from when it has the file. */
    public Gap gap(CgroupPath cgroup) {
        return new Gap(cgroups.directory(cgroup).resolve("io.max"), disk().toString());
    }

    /** What {@code explain} says of a pod. */
    public JsonNode explain(NodePod pod) {
        return Json.read(agent.get("/api/v1/explain/" + pod.name()));
    }

    /** Reasons of the events that the API server was told about a pod, each once. */
    public List<String> events(NodePod pod) {
        return api.events().stream()
                .filter(event -> pod.name()
                        .endsWith("/" + event.at("/involvedObject/name").asText()))
                .map(event -> event.path("reason").asText())
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        try {
            List.copyOf(pods).forEach(NodePod::end);
        } finally {
            agent.close();
            containerd.close();
            api.close();
            cgroups.close();
        }
    }
}
