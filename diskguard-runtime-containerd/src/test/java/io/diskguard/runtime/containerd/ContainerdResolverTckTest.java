/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.Ticker;
import io.diskguard.testkit.RuntimeFixture;
import io.diskguard.testkit.RuntimeResolverTck;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Both runtimes, each with a cgroup driver of its own. */
class ContainerdResolverTckTest {
    @TempDir
    Path run;

    @Nested
    class Containerd extends RuntimeResolverTck {
        @Override
        protected RuntimeFixture openFixture() {
            return new OnFake(
                    CriRuntime.CONTAINERD,
                    run,
                    "/kubepods/burstable/pod0f3c2d1e/%s",
                    "/kubepods/burstable/pod0f3c2d1e/%s");
        }
    }

    @Nested
    class CriO extends RuntimeResolverTck {
        @Override
        protected RuntimeFixture openFixture() {
            return new OnFake(
                    CriRuntime.CRI_O,
                    run,
                    "kubepods-burstable-pod0f3c_2d1e.slice:crio:%s",
                    "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod0f3c_2d1e.slice/crio-%s.scope");
        }
    }

    private static final class OnFake implements RuntimeFixture {
        private final CriRuntime runtime;
        private final FakeCri daemon;
        private final RuntimeResolver resolver;
        private final String said;
        private final String meant;
        private int made;

        OnFake(CriRuntime runtime, Path run, String said, String meant) {
            this.runtime = runtime;
            this.said = said;
            this.meant = meant;
            var socket = run.resolve("d.sock");
            daemon = new FakeCri(socket, runtime.name());
            var paths = new HostPaths(run, run, run, run, run);
            resolver = new ContainerdResolver(
                    runtime,
                    java.util.List.of(socket),
                    new Environment(paths, Clock.systemUTC(), Ticker.system(), Map.of()));
        }

        @Override
        public RuntimeResolver resolver() {
            return resolver;
        }

        @Override
        public ContainerId start() {
            var id = id();
            daemon.container(id.id(), said.formatted(id.id()));
            return id;
        }

        private ContainerId id() {
            return new ContainerId(runtime.scheme(), "%064x".formatted(++made));
        }

        @Override
        public CgroupPath cgroupOf(ContainerId running) {
            return new CgroupPath(meant.formatted(running.id()));
        }

        @Override
        public Optional<ContainerId> sandbox() {
            var id = id();
            daemon.sandbox(id.id(), said.formatted(id.id()));
            return Optional.of(id);
        }

        @Override
        public void remove(ContainerId container) {
            daemon.remove(container.id());
        }

        @Override
        public boolean disconnect() {
            daemon.stop();
            return true;
        }

        @Override
        public void close() {
            resolver.close();
            daemon.close();
        }
    }
}
