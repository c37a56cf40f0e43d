/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.libpod;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;
import io.diskguard.testkit.ProviderTck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class LibpodResolverFactoryTest extends ProviderTck {
    @Override
    protected Class<? extends Provider<?>> providerClass() {
        return LibpodResolverFactory.class;
    }

    /** As the simulated hierarchy is not among the host's files, but for what says that it is there. */
    @Override
    protected SimulatedNode openHost() {
        var host = SimulatedNode.v1();
        try {
            Files.createDirectories(Podman.root(host));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return host;
    }

    @Test
    void whereThereIsNoPodmanItSaysWhereItLooked() {
        try (var host = SimulatedNode.v1()) {
            assertThat(new LibpodResolverFactory().probe(host.environment()))
                    .isEqualTo(Support.unsupported(
                            "there is no /var/lib/containers/storage; PODMAN_STORAGE names another storage"));
        }
    }
}
