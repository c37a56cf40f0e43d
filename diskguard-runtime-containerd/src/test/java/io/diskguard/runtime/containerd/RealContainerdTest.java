/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.RuntimeResolver.BlockNode;
import io.diskguard.spi.RuntimeResolver.Mount;
import io.diskguard.spi.RuntimeResolver.Resolution.Found;
import io.diskguard.spi.RuntimeResolver.Resolution.Gone;
import io.diskguard.spi.RuntimeResolver.Resolution.Unknown;
import io.diskguard.spi.Support;
import io.diskguard.testkit.RuntimeFixture;
import io.diskguard.testkit.RuntimeResolverTck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same promises on a real containerd with runc, and what only that can prove. */
class RealContainerdTest extends RuntimeResolverTck {
    private static RealContainerd daemon;
    private static RealPod pod;
    private OnReal real;

    @BeforeAll
    static void startDaemon() throws IOException {
        daemon = RealContainerd.start();
        pod = RealPod.run(daemon, "3c1b3f5e-4f0d-4b9e-9a54-6a1f7e2f9a01");
    }

    @AfterAll
    static void stopDaemon() {
        if (daemon != null) {
            try {
                if (pod != null) {
                    pod.close();
                }
            } finally {
                daemon.close();
            }
        }
    }

    @Override
    protected RuntimeFixture openFixture() {
        real = new OnReal();
        return real;
    }

    @Test
    void itsNameImageProcessAndMountsAreTold() {
        var id = pod.create("app", "/usr:/data");
        pod.start(id);

        var found = found(id);

        assertThat(found.name()).contains("app");
        assertThat(found.image()).contains(RealContainerd.IMAGE);
        assertThat(found.mounts()).contains(new Mount("/data", "/usr"));
        assertThat(found.pid()).isPresent();
        assertThat(new ProcCgroups(HostPaths.host().proc()).of(found.pid().orElseThrow(), id))
                .as("what the specification says is where the kernel has the process")
                .contains(found.cgroup());
        pod.stop(id);
        assertThat(resolve(id)).as("exited").isEqualTo(new Gone());
        pod.remove(id);
    }

    @Test
    void aBlockDeviceThatItWasGivenIsToldBeforeItIsStarted() throws IOException {
        var node = HostPaths.host().dev().resolve("loop0");
        assumeTrue(Files.exists(node), "the host has no loop device");
        var number = DeviceId.parse(Files.readString(HostPaths.host().sys().resolve("class/block/loop0/dev"))
                        .strip())
                .orElseThrow();
        var id = pod.create("raw", node + ":/dev/xvda");

        assertThat(found(id).devices()).contains(List.of(new BlockNode("/dev/xvda", number)));
        pod.start(id);
        assertThat(found(id).devices()).contains(List.of(new BlockNode("/dev/xvda", number)));
        assertThat(RealContainerd.run(
                        "stat",
                        "-c",
                        "%t:%T",
                        HostPaths.host()
                                .proc()
                                .resolve(Long.toString(found(id).pid().orElseThrow()))
                                .resolve("root")
                                .resolve("dev/xvda")
                                .toString()))
                .as("the node that it has")
                .isEqualTo(Integer.toHexString(number.major()) + ":" + Integer.toHexString(number.minor()) + "\n");
        pod.stop(id);
        pod.remove(id);
    }

    @Test
    void beforeItIsStartedItsCgroupIsKnown() {
        var id = pod.create("early");

        var found = found(id);

        assertThat(found.cgroup()).isEqualTo(new CgroupPath(pod.cgroup() + "/" + id));
        assertThat(found.name()).contains("early");
        assertThat(found.pid()).isEmpty();
        assertThat(directories(found.cgroup())).as("cgroups").isEmpty();
        pod.remove(id);
    }

    /** The fast path: the directory was just made, and the process that is in it waits to become the container's. */
    @Test
    void betweenItsCgroupAndItsFirstInstructionItIsKnown() throws Exception {
        Files.createFile(daemon.hold());
        var id = pod.create("starting");
        var starting = CompletableFuture.runAsync(() -> pod.start(id));
        try {
            Patience.until("runc made the container", () -> Files.exists(daemon.held()) || starting.isDone());

            var found = found(id);

            assertThat(starting).isNotDone();
            assertThat(found.cgroup()).isEqualTo(new CgroupPath(pod.cgroup() + "/" + id));
            assertThat(found.name()).contains("starting");
            assertThat(directories(found.cgroup())).as("cgroups").isNotEmpty();
        } finally {
            Files.deleteIfExists(daemon.hold());
            starting.get(30, TimeUnit.SECONDS);
            Files.deleteIfExists(daemon.held());
        }
        assertThat(found(id).pid()).isPresent();
        pod.stop(id);
        pod.remove(id);
    }

    @Test
    void aDaemonThatWasRestartedIsAskedAgain() throws IOException {
        var id = real.start().id();
        var before = found(id);

        daemon.stopDaemon();
        daemon.startDaemon();

        assertThat(found(id)).isEqualTo(before);
    }

    @Test
    void theFactoryFindsTheDaemon() {
        assertThat(new ContainerdResolverFactory().probe(environment())).isEqualTo(Support.supported());
        assertThat(new CrioResolverFactory().probe(environment()))
                .isEqualTo(Support.unsupported(daemon.socket() + " is containerd, not cri-o"));
    }

    private Found found(String id) {
        return (Found) resolve(id);
    }

    private RuntimeResolver.Resolution resolve(String id) {
        var resolution = real.resolver().resolve(new ContainerId("containerd", id));
        assertThat(resolution).isNotInstanceOf(Unknown.class);
        return resolution;
    }

    /** In whichever hierarchies it is. */
    private static Stream<Path> directories(CgroupPath cgroup) {
        var mounts = HostPaths.host().sys().resolve("fs/cgroup");
        try (var hierarchies = Files.list(mounts)) {
            return Stream.concat(Stream.of(mounts), hierarchies.toList().stream())
                    .map(hierarchy -> hierarchy.resolve(cgroup.value().substring(1)))
                    .filter(Files::isDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Environment environment() {
        return Environment.system().withSettings(Map.of(Sockets.SETTING, "unix://" + daemon.socket()));
    }

    private static final class OnReal implements RuntimeFixture {
        private final RuntimeResolver resolver = new ContainerdResolverFactory().create(environment());
        private final java.util.Set<String> mine = new java.util.LinkedHashSet<>();

        @Override
        public RuntimeResolver resolver() {
            return resolver;
        }

        @Override
        public ContainerId start() {
            var id = pod.create("app" + mine.size());
            mine.add(id);
            pod.start(id);
            return new ContainerId("containerd", id);
        }

        @Override
        public CgroupPath cgroupOf(ContainerId running) {
            return new CgroupPath(pod.cgroup() + "/" + running.id());
        }

        @Override
        public Optional<ContainerId> sandbox() {
            return Optional.of(new ContainerId("containerd", pod.sandbox()));
        }

        @Override
        public void remove(ContainerId container) {
            pod.stop(container.id());
            pod.remove(container.id());
            mine.remove(container.id());
        }

        @Override
        public boolean disconnect() {
            daemon.stopDaemon();
            return true;
        }

        @Override
        public void close() {
            resolver.close();
            try {
                if (!daemon.runs()) {
                    daemon.startDaemon();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            mine.forEach(id -> {
                pod.stop(id);
                pod.remove(id);
            });
        }
    }
}
