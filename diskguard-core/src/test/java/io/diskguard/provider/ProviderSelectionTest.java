/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderSelectionTest {
    private static final Environment ENVIRONMENT = Environment.system();

    public interface Port {
        interface Factory extends Provider<String> {}
    }

    record Fake(String name, int priority, Supplier<Support> support) implements Port.Factory {
        @Override
        public Support probe(Environment environment) {
            return support.get();
        }

        @Override
        public String create(Environment environment) {
            return name;
        }
    }

    /** Found through a services file of a test. */
    public static final class Good implements Port.Factory {
        @Override
        public String name() {
            return "good";
        }

        @Override
        public int priority() {
            return Provider.CUSTOM;
        }

        @Override
        public Support probe(Environment environment) {
            return Support.supported();
        }

        @Override
        public String create(Environment environment) {
            return "good";
        }
    }

    /** Fails when it is made. */
    public static final class Bad implements Port.Factory {
        public Bad() {
            throw new IllegalStateException("bad on purpose");
        }

        @Override
        public String name() {
            return "bad";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public Support probe(Environment environment) {
            return Support.supported();
        }

        @Override
        public String create(Environment environment) {
            return "bad";
        }
    }

    private static Fake works(String name, int priority) {
        return new Fake(name, priority, Support::supported);
    }

    private static ProviderSelection.Selection<Port.Factory> choose(Optional<String> name, Provider<?>... providers) {
        return ProviderSelection.choose(Port.Factory.class, ProviderSource.of(providers), ENVIRONMENT, name);
    }

    @Test
    void theHighestPriorityAmongTheSupportedWins() {
        var absent = new Fake("v3", 300, () -> Support.unsupported("no such kernel"));
        var selection = choose(Optional.empty(), works("v1", 90), works("v2", 100), absent);
        assertThat(selection.provider().name()).isEqualTo("v2");
        assertThat(selection.report().lines())
                .containsExactly(
                        "v1 (priority 90, passed as an instance): supported, not chosen",
                        "v2 (priority 100, passed as an instance): chosen",
                        "v3 (priority 300, passed as an instance): unsupported: no such kernel");
        assertThat(selection.report().type()).isEqualTo("Port");
    }

    @Test
    void anExplicitNameWinsOverPriority() {
        assertThat(choose(Optional.of("v1"), works("v1", 90), works("v2", 100))
                        .provider()
                        .name())
                .isEqualTo("v1");
    }

    @Test
    void anUnknownNameListsTheNamesThereAre() {
        assertThatThrownBy(() -> choose(Optional.of("v9"), works("v1", 90), works("v2", 100)))
                .isInstanceOf(ProviderSelectionException.class)
                .hasMessageContaining("no provider named \"v9\", there is: v1, v2");
    }

    @Test
    void aTieListsEveryCandidate() {
        assertThatThrownBy(() -> choose(Optional.empty(), works("v1", 100), works("v2", 100)))
                .isInstanceOfSatisfying(
                        ProviderSelectionException.class,
                        e -> assertThat(e.report().rows()).hasSize(2))
                .hasMessageContaining("same priority")
                .hasMessageContaining("passed as an instance");
    }

    @Test
    void noneThatWorksSaysWhyEachDoesNot() {
        assertThatThrownBy(() -> choose(Optional.empty(), new Fake("v2", 1, () -> Support.unsupported("no io.max"))))
                .hasMessageContaining("no io.max");
        assertThatThrownBy(() -> choose(Optional.empty())).hasMessageContaining("no providers");
    }

    @Test
    void aProviderThatThrowsIsUnsupportedWithItsReason() {
        var throwing = new Fake("broken", 500, () -> {
            throw new NoClassDefFoundError("a/B");
        });
        var selection = choose(Optional.empty(), throwing, works("v1", 90));
        assertThat(selection.provider().name()).isEqualTo("v1");
        assertThat(selection.report().toString()).contains("broken (priority 500", "a/B");
    }

    @Test
    void aChainTakesAllThatWorkAndOneOfEachName() {
        var chain = ProviderSelection.all(
                Port.Factory.class,
                ProviderSource.of(works("b", 100), works("a", 100)).and(ProviderSource.of(works("b", 200))),
                ENVIRONMENT);
        assertThat(chain.providers()).extracting(Provider::name).containsExactly("b", "a");
        assertThat(chain.providers().get(0).priority()).isEqualTo(200);
        assertThat(chain.report().toString()).contains("the name is taken");
    }

    @Test
    void aBrokenPluginCostsItselfOnlyAndIsReported(@TempDir Path directory) throws IOException {
        jar(directory.resolve("a-bad.jar"), Bad.class.getName(), "no.such.Provider");
        jar(directory.resolve("b-good.jar"), "rubbish in it", "");
        jar(directory.resolve("c-good.jar"), Good.class.getName());
        Files.writeString(directory.resolve("d-none.jar"), "no jar");
        var source = ProviderSource.plugins(directory, getClass().getClassLoader());
        var selection = ProviderSelection.choose(Port.Factory.class, source, ENVIRONMENT, Optional.empty());
        assertThat(selection.provider().create(ENVIRONMENT)).isEqualTo("good");
        assertThat(selection.report().toString())
                .contains("bad on purpose", "no.such.Provider", "a-bad.jar", "b-good.jar", "d-none.jar");
    }

    @Test
    void aPluginDirectoryThatIsNotThereIsReported(@TempDir Path directory) {
        var source =
                ProviderSource.plugins(directory.resolve("none"), getClass().getClassLoader());
        assertThat(source.load(Port.Factory.class)).singleElement().isInstanceOf(Candidate.Broken.class);
    }

    @Test
    void aClassLoaderThatCannotListItsServicesEndsTheSearch() {
        var failing = new ClassLoader(null) {
            @Override
            public java.util.Enumeration<java.net.URL> getResources(String name) throws IOException {
                throw new IOException("disk is gone");
            }
        };
        var found = ProviderSource.serviceLoader(failing).load(Port.Factory.class);
        assertThat(found).singleElement().satisfies(candidate -> assertThat(candidate.toString())
                .contains("disk is gone"));
    }

    private static void jar(Path file, String... services) throws IOException {
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new JarEntry("META-INF/services/" + Port.Factory.class.getName()));
            jar.write(String.join("\n", List.of(services)).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            jar.closeEntry();
        }
    }
}
