/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import io.diskguard.spi.Provider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where providers come from. Discovery is a parameter: pass {@link #of} instances and no class path is looked at.
 * Thread-safe.
 */
@FunctionalInterface
public interface ProviderSource {
    /** Every candidate for the extension point, in a stable order. Never throws: what cannot be loaded is {@link Candidate.Broken}. */
    <P extends Provider<?>> List<Candidate<P>> load(Class<P> type);

    /** What {@link java.util.ServiceLoader} finds through the class loader. */
    static ProviderSource serviceLoader(ClassLoader loader) {
        return new ServiceLoaderSource(loader);
    }

    /**
     * The {@code *.jar} files of a directory, each in a class loader of its own, by file name. The directory is looked at
     * once, here; the class loaders stay open as long as the process lives.
     */
    static ProviderSource plugins(Path directory, ClassLoader parent) {
        return PluginSource.open(directory, parent);
    }

    /** These instances and no others. */
    static ProviderSource of(Provider<?>... providers) {
        return new InstanceSource(List.of(providers));
    }

    /** What this source has, then what the other has. */
    default ProviderSource and(ProviderSource other) {
        var first = this;
        return new ProviderSource() {
            @Override
            public <P extends Provider<?>> List<Candidate<P>> load(Class<P> type) {
                var all = new ArrayList<>(first.load(type));
                all.addAll(other.load(type));
                return List.copyOf(all);
            }
        };
    }
}
