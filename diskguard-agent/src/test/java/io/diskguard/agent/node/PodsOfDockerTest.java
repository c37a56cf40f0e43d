/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.agent.exchange.Exchange;
import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.EnvironmentConfigSource;
import io.diskguard.config.GuardConfig;
import io.diskguard.spi.Environment;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which daemon is asked is seen by who accepts at its socket. */
@Timeout(20)
class PodsOfDockerTest {
    @TempDir
    Path directory;

    @Test
    void theDaemonIsAskedAtTheSocketThatTheConfigurationSaysFromNowOn() throws IOException, AgentException {
        var before = config("first", Map.of());
        var next = config("second", Map.of());
        try (var first = listen("first");
                var second = listen("second")) {
            var pods = new PodsOfDocker(environment(before));
            first.accept().close();

            var exchange = pods.exchange(environment(next), before, next);
            second.accept().close();
            exchange.put();
            exchange.finish();

            second.accept().close();
            pods.pods().close();
        }
    }

    @Test
    void anotherRuntimeTakesARestartWhereDockerSaysWhichPodsThereAre() {
        var before = config("first", Map.of());
        var next = config("first", Map.of("CONTAINER_RUNTIME", "containerd"));
        var pods = new PodsOfDocker(environment(before));

        assertThatThrownBy(() -> pods.exchange(environment(next), before, next))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("container_runtime")
                .hasMessageContaining("restart");
        pods.pods().close();
    }

    @Test
    void whatHasNothingToDoWithTheDaemonExchangesNothing() throws AgentException {
        var before = config("first", Map.of());
        var next = config("first", Map.of("CONTAINER_IOPS_LIMIT", "7"));
        var pods = new PodsOfDocker(environment(before));

        assertThat(pods.exchange(environment(next), before, next)).isSameAs(Exchange.NONE);
        pods.pods().close();
    }

    private ServerSocketChannel listen(String name) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(directory.resolve(name)));
    }

    private static Environment environment(GuardConfig config) {
        return Environment.system().withSettings(Node.settings(config));
    }

    private GuardConfig config(String socket, Map<String, String> more) {
        var variables = new HashMap<>(Map.of(
                "CONTAINER_RUNTIME",
                "docker",
                "CONTAINER_SOCKET_PATH",
                directory.resolve(socket).toString()));
        variables.putAll(more);
        return ((ConfigResult.Valid) ConfigLoader.load(List.of(new EnvironmentConfigSource(variables)))).config();
    }
}
