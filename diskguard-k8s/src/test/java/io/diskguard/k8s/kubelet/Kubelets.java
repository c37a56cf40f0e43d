/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.config.KubeletSettings;
import io.diskguard.k8s.kubelet.KubeletClient.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A kubelet on localhost and the agent's way to it. */
final class Kubelets implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(30);

    final FakeKubelet server;
    final KubeletClient client;

    Kubelets(Path directory) {
        var authority = new Authority("kubelet-ca");
        var ca = directory.resolve("kubelet-ca.crt");
        try {
            Files.writeString(ca, authority.pem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = new FakeKubelet(authority.issue("node-1", "localhost"));
        var settings = settings(server.port(), ca);
        client = new KubeletClient(() -> settings, directory, new Patience(LONG, LONG, LONG), warning -> {});
    }

    /** Of one on this machine, which is believed by that authority alone. */
    static KubeletSettings settings(int port, Path ca) {
        return new KubeletSettings(
                "localhost", port, Optional.of(ca), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
