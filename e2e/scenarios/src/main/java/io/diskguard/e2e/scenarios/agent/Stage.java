/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.diskguard.e2e.scenarios.agent.ManifestPods.Made;
import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Load;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.e2e.scenarios.machine.Machine.Volume;
import io.diskguard.e2e.scenarios.machine.Meter.Place;
import io.diskguard.e2e.scenarios.node.AgentProcess;
import io.diskguard.model.CgroupPath;
import io.diskguard.spi.AttributeResult;
import java.nio.file.Path;
import java.time.Duration;

/** A node with some pods under load, limits of others, and an agent that was not started yet. */
final class Stage implements AutoCloseable {
    static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);
    static final Duration WINDOW = Duration.ofMinutes(1);
    /** What an emulated processor adds to whatever is promised. */
    static final Duration SLOW = Duration.ofSeconds(3);

    static final int STEADY = 100;
    static final int MOVED = 300;
    static final int TAKEN = 111;
    static final int STRANGE = 112;
    /** Somebody else's, of the noisy pod as a whole: so much this machine does beside all else, and it is too much. */
    static final int WHOLE = 250;

    final Machine machine = Machine.here();
    final Volume data = machine.volume("data");
    final Cgroups kubepods = Cgroups.open(machine, "kubepods");
    final Cgroups system = Cgroups.open(machine, "system");
    final ManifestPods pods;
    final AgentProcess agent;
    /** Of two containers the first has a load that is too much. */
    final Made noisy;
    /** With a limit by annotation, and a load that leans on it. */
    final Made steady;
    /** With a limit by annotation, alone below its parent. */
    final Made moved;
    /** With a limit by annotation, where somebody else's is. */
    final Made taken;
    /** No pod's, with somebody else's limit. */
    final CgroupPath stranger;

    final Load load;
    final Watched watched;
    private final Load little;
    private final Load leaning;

    Stage(Path directory) {
        pods = new ManifestPods(kubepods, directory.resolve("pods"));
        var guaranteed = kubepods.parent();
        var burstable = guaranteed.child("burstable");
        var besteffort = guaranteed.child("besteffort");
        kubepods.make(burstable);
        kubepods.make(besteffort);
        noisy = pods.make("Guaranteed", guaranteed, "batch", "", "noisy", "quiet");
        steady = pods.make("Burstable", burstable, "web", writes(STEADY), "app");
        moved = pods.make("BestEffort", besteffort, "moved", writes(MOVED), "app");
        taken = pods.make("Guaranteed", guaranteed, "taken", writes(300), "app");
        stranger = system.newCgroup();
        limit(noisy.cgroup(), WHOLE);
        limit(taken.container(), TAKEN);
        limit(stranger, STRANGE);
        agent = AgentProcess.withPodsIn(pods.directory(), machine, directory);
        agent.configure(
                "data_mount: " + data.mount(),
                "data_total_iops: 150",
                "container_iops_limit: 0",
                "container_runtime: none",
                "check_interval: " + CHECK_INTERVAL.toSeconds() + "s",
                "on_shutdown: clear",
                "smart_limit_enabled: true",
                "smart_limit_monitor_interval: 1s",
                "smart_limit_windows: [{window: " + WINDOW.toMinutes() + "m, io_threshold: 0.8}]",
                "smart_limit_remove_delay: 1s",
                "smart_limit_remove_check_interval: 1s");
        leaning = Load.start(kubepods, steady.container(), Load.Kind.WRITE, data.mount(), 4096);
        little = Load.run(
                kubepods,
                noisy.containers().get(1),
                "sh",
                "-c",
                "while :; do dd if=/dev/zero of=\"$0\" bs=4k count=10 oflag=direct conv=notrunc status=none; sleep 0.3; done",
                data.mount().resolve("little").toString());
        load = Load.start(kubepods, noisy.container(), Load.Kind.WRITE, data.mount(), 4096);
        watched = Watched.start(kubepods, place(noisy));
    }

    private static String writes(int limit) {
        return "iops-limit/write-iops: \"" + limit + "\"";
    }

    /** What a limit file says of a limit of write operations alone. */
    static String only(int writes) {
        return "rbps=max wbps=max riops=max wiops=" + writes;
    }

    /** By hand, as anybody may. */
    void limit(CgroupPath cgroup, int writes) {
        kubepods.write(cgroup, "io.max", data.disk() + " wiops=" + writes);
    }

    Place place(Made pod) {
        return new Place(pod.container(), data.disk());
    }

    /** The limit of a pod's first container. */
    String now(Made pod) {
        return now(pod.container());
    }

    String now(CgroupPath cgroup) {
        return Watched.now(kubepods, new Place(cgroup, data.disk()));
    }

    boolean isMarked(Made pod) {
        return kubepods.fs().attribute(pod.container(), "diskguard") instanceof AttributeResult.Present;
    }

    /** How long it takes until a pod's container has this limit alone. */
    Duration until(Made pod, int writes, Duration atMost) {
        var begin = System.nanoTime();
        await(pod.name() + " has " + writes)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(now(pod)).isEqualTo(only(writes)));
        return since(begin);
    }

    /** Waits until the agent has said so in its log. */
    void logged(String words) {
        await(words).atMost(CHECK_INTERVAL.plus(SLOW)).untilAsserted(() -> assertThat(agent.log())
                .contains(words));
    }

    static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Override
    public void close() {
        agent.close();
        load.close();
        leaning.close();
        little.close();
        watched.close();
        kubepods.close();
        system.close();
    }
}
