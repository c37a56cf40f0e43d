/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.provider.ProviderSelection;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.Ticker;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runtime is there if its socket answers, whatever programs are installed. */
class RuntimeDetectionTest {
    private static final String PONG = "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\nOK";

    @TempDir
    Path run;

    private List<String> supported() throws IOException {
        for (var program : List.of("docker", "dockerd", "ctr", "containerd", "crictl", "crio")) {
            var file = run.resolve("bin").resolve(program);
            Files.createDirectories(file.getParent());
            if (!Files.exists(file)) {
                assertThat(Files.createFile(file).toFile().setExecutable(true)).isTrue();
            }
        }
        var paths =
                new HostPaths(run.resolve("proc"), run.resolve("sys"), run.resolve("dev"), run, run.resolve("kubelet"));
        var variables = Map.of("PATH", run.resolve("bin").toString());
        var environment = new Environment(paths, Clock.systemUTC(), Ticker.system(), variables);
        return ProviderSelection.all(RuntimeResolver.Factory.class, Kernel.builtIn(), environment).providers().stream()
                .map(RuntimeResolver.Factory::name)
                .toList();
    }

    @Test
    void programsAloneAreNoRuntime() throws IOException {
        assertThat(supported()).isEmpty();
    }

    @Test
    void theSocketThatAnswersAsDockerDoesIsDocker() throws IOException {
        answering(run.resolve("docker.sock"), () -> assertThat(supported()).containsExactly("docker"));
    }

    @Test
    void dockerAtTheSocketOfContainerdIsNotContainerd() throws IOException {
        Files.createDirectories(run.resolve("containerd"));
        answering(run.resolve("containerd/containerd.sock"), () -> assertThat(supported())
                .isEmpty());
    }

    private interface Check {
        void run() throws IOException;
    }

    /** Has someone answer there as docker does to a ping, whatever is asked. */
    private static void answering(Path socket, Check check) throws IOException {
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            var thread = new Thread(() -> answer(server), "pong");
            thread.setDaemon(true);
            thread.start();
            check.run();
        }
    }

    private static void answer(ServerSocketChannel server) {
        while (server.isOpen()) {
            try (var one = server.accept()) {
                one.read(ByteBuffer.allocate(1024));
                one.write(ByteBuffer.wrap(PONG.getBytes(StandardCharsets.US_ASCII)));
            } catch (IOException e) {
                // the test is over, or who asked went
            }
        }
    }
}
