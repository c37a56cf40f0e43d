/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.agent.podsdir.ManifestPodSource;
import io.diskguard.cgroup.tree.KubepodsTree;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.RuntimeSettings;
import io.diskguard.runtime.docker.DockerPodSource;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.Environment;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Which pods this node has and where their containers are. Closing it closes both.
 *
 * @param what they are, for the log
 */
record NodePods(String what, PodSource pods, PodCgroups cgroups) implements AutoCloseable {
    /**
     * The pods of the manifests where there is a directory of them, else docker's containers where docker is configured;
     * followed as they change.
     *
     * @throws AgentException if neither is configured
     */
    static NodePods following(Environment environment, GuardConfig config, CgroupFs hierarchy, Optional<Path> directory)
            throws AgentException {
        if (directory.isPresent()) {
            var tree = KubepodsTree.open(hierarchy);
            tree.watch(List.of()).start(daemons("diskguard-cgroups"));
            var pods = ManifestPodSource.watching(directory.get(), daemons("diskguard-pods"));
            return new NodePods("the pods of the manifests", pods, tree);
        }
        if (config.runtime().kind() == RuntimeSettings.Kind.DOCKER
                && config.kubernetes().nodeName().isEmpty()) {
            var pods = DockerPodSource.following(environment, daemons("diskguard-docker"));
            return new NodePods("the containers of docker", pods, pods.cgroups());
        }
        throw AgentException.usage("nobody says which pods there are: give --pods-dir DIR, or configure"
                + " \"container_runtime: docker\" without node_name");
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        pods.close();
        cgroups.close();
    }
}
