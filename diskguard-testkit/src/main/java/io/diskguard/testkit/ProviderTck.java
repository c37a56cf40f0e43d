/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.Support;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Provider} promises, of whichever extension point: extend it once for each of yours. The hosts are
 * simulated, the test needs neither root nor Linux.
 */
public abstract class ProviderTck {
    /** For subclasses: opens nothing yet. */
    protected ProviderTck() {}

    /** The class that is registered. */
    protected abstract Class<? extends Provider<?>> providerClass();

    /**
     * Opens a host on which the provider can work; by default a node with cgroup v2, no disks and no pods. Lay out what it
     * looks for: files go below {@code node.environment().paths()}.
     */
    protected SimulatedNode openHost() {
        return SimulatedNode.v2();
    }

    /** The host as the provider is shown it; override where it looks for what no simulated file system has, as a socket. */
    protected Environment environmentOf(SimulatedNode host) {
        return host.environment();
    }

    @Test
    void itIsPublicAndHasAPublicConstructorWithoutParameters() {
        assertThat(Modifier.isPublic(providerClass().getModifiers()))
                .as("%s is public, or the service loader cannot make it", providerClass())
                .isTrue();
        assertThatCode(() -> providerClass().getConstructor())
                .as("%s has a public constructor without parameters", providerClass())
                .doesNotThrowAnyException();
    }

    @Test
    void itIsRegistered() {
        var registration = new Registration(providerClass());
        assertThat(registration.services())
                .as("%s implements the Factory of an extension point", providerClass())
                .isNotEmpty();
        for (var service : registration.services()) {
            assertThat(registration.onClassPath(service))
                    .as("lines of " + Registration.file(service))
                    .contains(providerClass().getName());
            registration.inModule(service).ifPresent(provided -> assertThat(provided)
                    .as("module-info.java: provides " + service.getCanonicalName() + " with")
                    .contains(providerClass().getName()));
        }
    }

    @Test
    void itsNameIsKebabCaseAndStable() {
        Names.check(newProvider()::name);
        assertThat(newProvider().name())
                .as("every instance has the same name")
                .isEqualTo(newProvider().name());
    }

    @Test
    void itsPriorityIsStable() {
        var provider = newProvider();
        assertThat(provider.priority())
                .as("priority() never changes")
                .isEqualTo(provider.priority())
                .isEqualTo(newProvider().priority());
    }

    @Test
    void aRuntimesSchemesAreStable() {
        if (newProvider() instanceof RuntimeResolver.Factory runtime) {
            assertThat(runtime.schemes())
                    .as("schemes() as ids have them (containerd), without ://")
                    .isEqualTo(runtime.schemes())
                    .allSatisfy(scheme -> assertThat(scheme).matches("[a-z][a-z0-9+.-]*"));
        }
    }

    @Test
    void probingNeverThrowsOnAnEmptyHost() {
        try (var node = SimulatedNode.v2()) {
            probe(Hosts.empty(node));
        }
    }

    @Test
    void probingNeverThrowsOnABrokenHost() {
        try (var node = SimulatedNode.v2()) {
            probe(Hosts.broken(node));
        }
    }

    @Test
    void probingNeverThrowsOnANodeOfEitherVersion() {
        try (var v1 = SimulatedNode.v1();
                var v2 = SimulatedNode.v2()) {
            probe(Hosts.full(v1));
            probe(Hosts.full(v2));
        }
    }

    @Test
    void probingWritesNothing() {
        try (var node = openHost()) {
            Hosts.full(node);
            var before = Hosts.files(node);

            probe(environmentOf(node));

            assertThat(Hosts.files(node))
                    .as("probe() only looks: doctor and explain call it too, on nodes where nothing is to be changed")
                    .isEqualTo(before);
            assertThat(node.cgroups().writes()).as("writes to control files").isZero();
        }
    }

    @Test
    void probingTwiceAndByManyThreadsGivesTheSameAnswer() {
        try (var node = openHost()) {
            var provider = newProvider();
            var environment = environmentOf(node);
            Together.allAnswer("probe()", provider.probe(environment), () -> provider.probe(environment));
        }
    }

    @Test
    void whatItMakesCanBeClosedTwice() throws Exception {
        try (var node = openHost()) {
            var environment = environmentOf(node);
            var provider = newProvider();
            assertThat(provider.probe(environment))
                    .as("probe() on the host that openHost() lays out: it must be one on which the provider can work")
                    .isEqualTo(Support.supported());

            var component = provider.create(environment);

            assertThat(component).as("create() after supported").isNotNull();
            if (component instanceof AutoCloseable closeable) {
                closeable.close();
                assertThatCode(closeable::close).as("close() once more").doesNotThrowAnyException();
            }
        }
    }

    @Test
    void itMakesAComponentForEachWhoAsks() throws Exception {
        try (var node = openHost()) {
            var provider = newProvider();
            var one = provider.create(environmentOf(node));
            var other = provider.create(environmentOf(node));

            if (one instanceof AutoCloseable closeable && other instanceof AutoCloseable alsoCloseable) {
                assertThat(one)
                        .as("a provider is stateless: who closes its component must not close another's")
                        .isNotSameAs(other);
                closeable.close();
                alsoCloseable.close();
            }
        }
    }

    private void probe(Environment environment) {
        try {
            assertThat(newProvider().probe(environment))
                    .as("probe() gives supported, or unsupported with the reason")
                    .isNotNull();
        } catch (RuntimeException | LinkageError e) {
            fail("probe() threw; what is missing or unreadable is an unsupported with that reason", e);
        }
    }

    private Provider<?> newProvider() {
        try {
            return providerClass().getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            return fail(providerClass() + " cannot be made by its public constructor without parameters", e);
        }
    }
}
