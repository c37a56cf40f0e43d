/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.Provider;
import io.diskguard.testkit.ProviderTck;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every provider of this module; sockets are on the real file system, simulated ones have none. */
class ProvidersTckTest {
    @Nested
    class Containerd extends WithDaemon {
        Containerd() {
            super(CriRuntime.CONTAINERD);
        }

        @Override
        protected Class<? extends Provider<?>> providerClass() {
            return ContainerdResolverFactory.class;
        }
    }

    @Nested
    class CriO extends WithDaemon {
        CriO() {
            super(CriRuntime.CRI_O);
        }

        @Override
        protected Class<? extends Provider<?>> providerClass() {
            return CrioResolverFactory.class;
        }
    }

    private abstract static class WithDaemon extends ProviderTck {
        @TempDir
        Path run;

        private final CriRuntime runtime;
        private FakeCri daemon;

        WithDaemon(CriRuntime runtime) {
            this.runtime = runtime;
        }

        @BeforeEach
        void startDaemon() {
            daemon = new FakeCri(run.resolve(runtime.sockets().get(0)), runtime.name());
        }

        @AfterEach
        void stopDaemon() {
            daemon.close();
        }

        @Override
        protected Environment environmentOf(SimulatedNode host) {
            var usual = host.environment();
            var paths = usual.paths();
            return new Environment(
                    new HostPaths(paths.proc(), paths.sys(), paths.dev(), run, paths.kubelet()),
                    usual.clock(),
                    usual.ticker(),
                    usual.variables());
        }
    }
}
