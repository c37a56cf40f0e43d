/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.diskguard.model.ContainerId;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.RuntimeResolver.Resolution.Unknown;
import io.diskguard.spi.Support;
import io.diskguard.spi.Ticker;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
    @TempDir
    Path run;

    @Test
    void withoutADaemonEveryPlaceThatWasLookedAtIsNamed() {
        assertThat(reason(Map.of()))
                .contains(
                        run + "/containerd/containerd.sock does not exist",
                        run + "/k3s/containerd/containerd.sock does not exist");
        assertThat(reason(Map.of(Sockets.SETTING, "/nowhere/a.sock"))).isEqualTo("/nowhere/a.sock does not exist");
    }

    @Test
    void whatIsNoSocketIsToldApart() throws IOException {
        var file = Files.createFile(run.resolve("a.sock"));

        assertThat(reason(Map.of(Sockets.SETTING, file.toString()))).isEqualTo(file + " is not a socket");
        assertThat(reason(Map.of(Sockets.SETTING, run.toString()))).isEqualTo(run + " is not a socket");
        assertThat(reason(Map.of(Sockets.SETTING, "a\0b"))).contains(Sockets.SETTING);
    }

    @Test
    void aSocketThatNobodyListensAtIsToldApart() throws IOException {
        var socket = run.resolve("a.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();

        assertThat(reason(Map.of(Sockets.SETTING, socket.toString()))).isEqualTo(socket + ": Connection refused");
    }

    @Test
    void aSocketThatIsForbiddenIsToldApart() throws IOException {
        assumeFalse(Files.isWritable(Path.of("/")), "nothing is forbidden to root");
        try (var daemon = new FakeCri(run.resolve("a.sock"), "containerd")) {
            Files.setPosixFilePermissions(run.resolve("a.sock"), PosixFilePermissions.fromString("---------"));

            assertThat(reason(Map.of(Sockets.SETTING, run + "/a.sock"))).endsWith(": Permission denied");
            assertThat(daemon.calls()).isZero();
        }
    }

    @Test
    void aDaemonWithoutCriV1IsToldApart() {
        try (var daemon = new FakeCri(run.resolve("a.sock"), "containerd")) {
            daemon.mood(FakeCri.Mood.KNOWS_NO_V1);

            assertThat(reason(Map.of(Sockets.SETTING, run + "/a.sock"))).contains("does not speak CRI runtime.v1");
        }
    }

    @Test
    void aDaemonThatHangsIsNotWaitedForForEver() {
        try (var daemon = new FakeCri(run.resolve("a.sock"), "containerd")) {
            daemon.mood(FakeCri.Mood.HANGS);

            var support = assertTimeout(
                    Duration.ofSeconds(20),
                    () -> CriProbe.probe(
                            CriRuntime.CONTAINERD,
                            List.of(run.resolve("a.sock")),
                            Ticker.system(),
                            Duration.ofMillis(100)));

            assertThat(support).isEqualTo(Support.unsupported(run + "/a.sock did not answer in time"));
        }
    }

    @Test
    void anotherRuntimeAtTheConfiguredSocketIsNamed() {
        try (var daemon = new FakeCri(run.resolve("a.sock"), "cri-o")) {
            var settings = Map.of(Sockets.SETTING, "unix://" + run + "/a.sock");

            assertThat(reason(settings)).isEqualTo(run + "/a.sock is cri-o, not containerd");
            assertThat(new CrioResolverFactory().probe(environment().withSettings(settings)))
                    .isEqualTo(Support.supported());
            assertThat(daemon.calls()).isEqualTo(2);
        }
    }

    @Test
    void theSocketOfK3sIsFound() {
        try (var daemon = new FakeCri(run.resolve("k3s/containerd/containerd.sock"), "containerd")) {
            assertThat(new ContainerdResolverFactory().probe(environment())).isEqualTo(Support.supported());
            assertThat(daemon.calls()).isOne();
        }
    }

    @Test
    void aHostThatIsNoneHasNoSockets() throws IOException {
        try (var files = Jimfs.newFileSystem(Configuration.unix())) {
            Files.createDirectories(files.getPath("/run/containerd"));
            Files.createFile(files.getPath("/run/containerd/containerd.sock"));
            var environment = new Environment(HostPaths.in(files), Clock.systemUTC(), Ticker.system(), Map.of());

            assertThat(new ContainerdResolverFactory().probe(environment)).isInstanceOf(Support.Unsupported.class);
        }
    }

    /** Where there is no daemon, and until the first question where there is one. */
    @Test
    void grpcIsNotLoadedBeforeItIsNeeded() throws Exception {
        var seen = new ConcurrentLinkedQueue<String>();
        try (var loader = new Witness(seen)) {
            var factory = (RuntimeResolver.Factory) loader.loadClass(ContainerdResolverFactory.class.getName())
                    .getConstructor()
                    .newInstance();
            assertThat(factory.probe(environment())).isInstanceOf(Support.Unsupported.class);
            try (var resolver = factory.create(environment())) {
                assertThat(seen).contains(ContainerdResolver.class.getName());
                assertThat(seen).noneMatch(name -> name.startsWith("io.grpc") || name.startsWith("com.google"));
                assertThat(seen).noneMatch(name -> name.contains("Cri$"));

                assertThat(resolver.resolve(new ContainerId("containerd", "8a2f")))
                        .isInstanceOf(Unknown.class);
                assertThat(seen).anyMatch(name -> name.startsWith("io.grpc"));
            }
        }
    }

    private String reason(Map<String, String> settings) {
        var support = new ContainerdResolverFactory().probe(environment().withSettings(settings));
        assertThat(support).isInstanceOf(Support.Unsupported.class);
        return ((Support.Unsupported) support).reason();
    }

    private Environment environment() {
        return new Environment(new HostPaths(run, run, run, run, run), Clock.systemUTC(), Ticker.system(), Map.of());
    }

    /** Loads this module and what it brings itself, and notes what; the library comes from the test. */
    private static final class Witness extends URLClassLoader {
        private final ConcurrentLinkedQueue<String> seen;

        Witness(ConcurrentLinkedQueue<String> seen) throws IOException {
            super(classPath(), ProbeTest.class.getClassLoader());
            this.seen = seen;
        }

        private static URL[] classPath() throws IOException {
            var urls = new ArrayList<URL>();
            for (var entry : List.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))) {
                urls.add(Path.of(entry).toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (Arrays.asList("io.diskguard.runtime", "io.grpc", "com.google").stream()
                    .noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                var loaded = findLoadedClass(name);
                if (loaded == null) {
                    loaded = findClass(name);
                    seen.add(name);
                }
                return loaded;
            }
        }
    }
}
