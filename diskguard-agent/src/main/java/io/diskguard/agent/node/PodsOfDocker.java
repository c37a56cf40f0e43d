/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.agent.exchange.Exchange;
import io.diskguard.agent.exchange.SwitchedCgroups;
import io.diskguard.agent.exchange.SwitchedPods;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.RuntimeSettings;
import io.diskguard.runtime.docker.DockerPodSource;
import io.diskguard.spi.Environment;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import java.util.List;

/** Docker's containers as pods, wherever the configuration says that its socket is. Thread-safe. */
final class PodsOfDocker implements Exchangeable {
    private final SwitchedPods pods;
    private final SwitchedCgroups cgroups;

    PodsOfDocker(Environment environment) {
        var source = ask(environment);
        pods = new SwitchedPods(source);
        cgroups = new SwitchedCgroups(source.cgroups());
    }

    PodSource pods() {
        return pods;
    }

    PodCgroups cgroups() {
        return cgroups;
    }

    @Override
    public Exchange exchange(Environment environment, GuardConfig before, GuardConfig next) throws AgentException {
        if (next.runtime().kind() != RuntimeSettings.Kind.DOCKER) {
            throw AgentException.failed("container_runtime is docker here as long as docker says which pods there are;"
                    + " anything else takes a restart, with node_name or --pods-dir");
        }
        if (before.runtime().socket().equals(next.runtime().socket())) {
            return Exchange.NONE;
        }
        var other = ask(environment);
        return Exchange.of(List.of(pods.to(other), cgroups.to(other.cgroups())));
    }

    private static DockerPodSource ask(Environment environment) {
        return DockerPodSource.following(environment, Threads.daemons("diskguard-docker"));
    }
}
