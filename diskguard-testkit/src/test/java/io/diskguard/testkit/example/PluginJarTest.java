/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.provider.ProviderSelection;
import io.diskguard.provider.ProviderSource;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.LimitPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in a jar, as {@code --plugins} takes it: two classes and one line of text. */
class PluginJarTest {
    private static final String SERVICE = "META-INF/services/io.diskguard.spi.LimitPolicy$Factory";

    @TempDir
    Path plugins;

    @Test
    void theAgentFindsThePolicyInTheJar() throws IOException {
        try (var jar = new JarOutputStream(Files.newOutputStream(plugins.resolve("batch-policy.jar")))) {
            for (var type : new Class<?>[] {BatchPolicy.class, BatchPolicyFactory.class}) {
                var file = type.getName().replace('.', '/') + ".class";
                try (var bytes = type.getClassLoader().getResourceAsStream(file)) {
                    entry(jar, file, bytes.readAllBytes());
                }
            }
            entry(jar, SERVICE, (BatchPolicyFactory.class.getName() + "\n").getBytes(StandardCharsets.UTF_8));
        }

        try (var node = SimulatedNode.v2()) {
            var source = ProviderSource.plugins(plugins, new WithoutTheExample());
            var found = ProviderSelection.all(LimitPolicy.Factory.class, source, node.environment());

            assertThat(found.providers()).singleElement().satisfies(factory -> {
                assertThat(factory.name()).isEqualTo("batch");
                assertThat(factory).isNotInstanceOf(BatchPolicyFactory.class); // loaded from the jar, not from here
                assertThat(factory.create(node.environment()).name()).isEqualTo("batch");
            });
        }
    }

    private static void entry(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    /** The agent's class loader does not have a plugin's classes. */
    private static final class WithoutTheExample extends ClassLoader {
        WithoutTheExample() {
            super(PluginJarTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.diskguard.testkit.example.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
