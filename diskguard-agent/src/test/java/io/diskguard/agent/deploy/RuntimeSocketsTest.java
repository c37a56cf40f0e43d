/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.Support;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the runtimes' sockets are looked for, by what their resolvers say of a host that has none. */
class RuntimeSocketsTest {
    @TempDir
    Path run;

    @Test
    void theDirectoriesOfEveryCriSocketAreMounted() {
        var usual = HostPaths.host().run();
        var mounted = Manifests.container().getVolumeMounts().stream()
                .filter(mount -> mount.getName().startsWith("runtime-"))
                .map(mount -> Path.of(mount.getMountPath()))
                .toList();
        var looked = new ArrayList<Path>();
        looked.addAll(sockets("containerd"));
        looked.addAll(sockets("cri-o"));
        assertThat(looked).hasSizeGreaterThan(3);
        assertThat(mounted)
                .containsExactlyInAnyOrderElementsOf(looked.stream()
                        .map(socket -> usual.resolve(run.relativize(socket)).getParent())
                        .distinct()
                        .toList());
    }

    /** Which is why its mount is a choice of its own. */
    @Test
    void dockersSocketIsInTheDirectoryOfAllSockets() {
        assertThat(sockets("docker")).containsExactly(run.resolve("docker.sock"));
    }

    private List<Path> sockets(String name) {
        var host = HostPaths.host();
        var system = Environment.system();
        var environment = new Environment(
                new HostPaths(host.proc(), host.sys(), host.dev(), run, host.kubelet()),
                system.clock(),
                system.ticker(),
                Map.of());
        var factory = ServiceLoader.load(RuntimeResolver.Factory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        var reason = ((Support.Unsupported) factory.probe(environment)).reason();
        return Pattern.compile(Pattern.quote(run.toString()) + "[^ ;,]*")
                .matcher(reason)
                .results()
                .map(found -> Path.of(found.group()))
                .toList();
    }
}
