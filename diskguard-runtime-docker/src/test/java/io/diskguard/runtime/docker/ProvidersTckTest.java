/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.testkit.ProviderTck;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTckTest extends ProviderTck {
    @TempDir
    Path directory;

    private FakeDaemon daemon;

    @Override
    protected Class<? extends Provider<?>> providerClass() {
        return DockerResolverFactory.class;
    }

    @Override
    protected SimulatedNode openHost() {
        daemon = new FakeDaemon(directory).start();
        return SimulatedNode.v2();
    }

    @Override
    protected Environment environmentOf(SimulatedNode host) {
        return host.environment()
                .withSettings(Map.of(DockerSocket.SETTING, daemon.socket().toString()));
    }

    @AfterEach
    void stop() {
        if (daemon != null) {
            daemon.close();
        }
    }
}
