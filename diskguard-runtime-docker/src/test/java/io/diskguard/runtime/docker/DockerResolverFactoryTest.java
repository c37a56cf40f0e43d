/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.model.ContainerId;
import io.diskguard.provider.ProviderSource;
import io.diskguard.provider.RuntimeChain;
import io.diskguard.spi.Environment;
import io.diskguard.spi.RuntimeResolver.Resolution.Found;
import io.diskguard.spi.RuntimeResolver.Resolution.Unknown;
import io.diskguard.spi.Support;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DockerResolverFactoryTest {
    @TempDir
    Path directory;

    private FakeDaemon daemon;

    @BeforeEach
    void open() {
        daemon = new FakeDaemon(directory);
    }

    @AfterEach
    void close() {
        daemon.close();
    }

    @Test
    void itIsFoundByTheServiceLoaderAndServesItsScheme() {
        daemon.start().run(FakeContainer.named(Ids.id(1), "web"));

        try (var chain =
                RuntimeChain.open(ProviderSource.serviceLoader(getClass().getClassLoader()), daemon.environment())) {
            var id = new ContainerId("docker", Ids.id(1));
            var answer = chain.resolve(id);
            // A busy machine loads the client for longer than a call may take: asked again, as the loop does
            for (var more = 0; more < 20 && answer instanceof Unknown; more++) {
                answer = chain.resolve(id);
            }
            assertThat(answer).isInstanceOf(Found.class);
        }
    }

    @Test
    void theUsualSocketIsAskedWhereNothingIsSaid() {
        daemon.start();

        assertThat(probe(daemon.environment())).isEqualTo(Support.supported());
    }

    @Test
    void theVariableOfDockerIsHeeded() throws IOException {
        daemon.start();
        var elsewhere = Files.createDirectory(directory.resolve("empty"));
        var environment = at(elsewhere, Map.of("DOCKER_HOST", "unix://" + daemon.socket()));

        assertThat(probe(environment)).isEqualTo(Support.supported());
        assertThat(reason(at(elsewhere, Map.of("DOCKER_HOST", "tcp://10.0.0.1:2375"))))
                .as("no socket: the usual one is asked")
                .contains(elsewhere.resolve("docker.sock").toString());
    }

    @Test
    void theConfigurationWinsAndIsNamedInTheReason() {
        daemon.start();
        var environment = daemon.environment().withSettings(Map.of("container_socket_path", "/nowhere/docker.sock"));

        assertThat(reason(environment)).isEqualTo("/nowhere/docker.sock (container_socket_path) is not there");
    }

    @Test
    void aSettingThatIsNoPathIsSaid() {
        var environment = daemon.environment().withSettings(Map.of("container_socket_path", "\0"));

        assertThat(reason(environment)).contains("container_socket_path, which is no path");
    }

    @Test
    void aSocketThatNobodyListensOnIsSaid() throws IOException {
        try (var abandoned = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            abandoned.bind(UnixDomainSocketAddress.of(daemon.socket()));
        }

        assertThat(reason(daemon.environment())).contains("cannot be asked").contains("refused");
    }

    @Test
    void aSocketThatIsOverrunIsSaid() throws IOException {
        var address = UnixDomainSocketAddress.of(daemon.socket());
        var waiting = new ArrayList<SocketChannel>();
        try (var busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            busy.bind(address, 1);
            assertThatThrownBy(() -> {
                        while (waiting.size() < 100) {
                            var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                            waiting.add(channel);
                            channel.configureBlocking(false);
                            channel.connect(address);
                        }
                    })
                    .isInstanceOf(IOException.class);

            assertThat(reason(daemon.environment())).contains("cannot be asked");
        } finally {
            for (var channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void whatIsNoSocketIsSaid() throws IOException {
        Files.writeString(daemon.socket(), "");
        assertThat(reason(daemon.environment())).endsWith(" is not a socket");

        Files.delete(daemon.socket());
        Files.createDirectory(daemon.socket());
        assertThat(reason(daemon.environment())).endsWith(" is not a socket");
    }

    @ParameterizedTest
    @EnumSource(
            value = FakeDaemon.Mood.class,
            names = {"GARBAGE", "STRANGER"})
    void whoIsNotDockerIsSaid(FakeDaemon.Mood mood) {
        daemon.start().answer(mood);

        assertThat(reason(daemon.environment())).contains("not as a docker daemon does");
    }

    @Test
    void aDaemonThatHangsDoesNotHoldTheProbe() {
        daemon.start().answer(FakeDaemon.Mood.NEVER);

        var support = DockerProbe.probe(DockerSocket.of(daemon.environment()), Duration.ofMillis(200));

        assertThat(((Support.Unsupported) support).reason()).contains("does not answer");
    }

    private Environment at(Path run, Map<String, String> variables) {
        var usual = daemon.environment();
        var paths = usual.paths();
        return new Environment(
                new io.diskguard.spi.HostPaths(paths.proc(), paths.sys(), paths.dev(), run, paths.kubelet()),
                usual.clock(),
                usual.ticker(),
                variables);
    }

    private static Support probe(Environment environment) {
        return new DockerResolverFactory().probe(environment);
    }

    private static String reason(Environment environment) {
        return probe(environment) instanceof Support.Unsupported unsupported ? unsupported.reason() : "supported";
    }
}
