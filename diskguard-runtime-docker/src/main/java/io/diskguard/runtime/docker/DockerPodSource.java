/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.spi.Environment;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Docker's containers as the pods of a node without Kubernetes. Each is a pod of one container: its uid is the container's
 * id, its namespace {@code docker}, its name the container's, and the container's labels are both its labels and its
 * annotations ({@code docker run --label iops-limit/read-iops=500}); those of its image are among them. Containers that
 * bear name and labels of a pod of Kubernetes ({@code k8s_…}, {@code io.kubernetes.pod.uid} and so on) are that pod. A container's volumes are named as docker names them,
 * bind mounts by their source. Its id is there while it runs.
 *
 * <p>While the daemon is away the pods last known stay, as not complete; before it was heard once they are unknown.
 * Thread-safe.
 */
public final class DockerPodSource implements PodSource {
    private final DockerApi api;
    private final DockerFollower follower;
    private final PodCgroups cgroups;

    private DockerPodSource(DockerApi api, DockerFollower follower, PodCgroups cgroups) {
        this.api = api;
        this.follower = follower;
        this.cgroups = cgroups;
    }

    /**
     * Follows the daemon with a thread of the factory until closed, on the socket of setting
     * {@code container_socket_path}, else of {@code DOCKER_HOST}, else the usual one.
     */
    public static DockerPodSource following(Environment environment, ThreadFactory threads) {
        return following(environment, threads, DockerSocket.DEADLINE, new SplittableRandom());
    }

    static DockerPodSource following(
            Environment environment, ThreadFactory threads, Duration deadline, RandomGenerator random) {
        var api = new DockerApi(DockerSocket.of(environment), deadline);
        var follower = new DockerFollower(api, environment.clock(), environment.ticker(), random);
        var cgroups = new DockerPodCgroups(
                follower, api, new CgroupFinder(environment.paths().proc()));
        threads.newThread(follower).start();
        return new DockerPodSource(api, follower, cgroups);
    }

    /** Where these pods' containers are; of use while this source is open. */
    public PodCgroups cgroups() {
        return cgroups;
    }

    @Override
    public Snapshot snapshot() {
        var state = follower.state();
        return state.heard()
                ? new Snapshot.Synced(state.pods().values(), state.trouble().isEmpty())
                : new Snapshot.Unknown(state.trouble().orElse("the daemon was not asked yet"));
    }

    @Override
    public void onChange(Consumer<String> uid) {
        follower.onChange(uid);
    }

    @Override
    public void close() {
        follower.close();
        cgroups.close();
        api.close();
    }
}
