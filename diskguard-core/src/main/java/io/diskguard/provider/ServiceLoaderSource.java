/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import io.diskguard.spi.Provider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Every step of the iteration may fail by itself: one bad jar costs its own providers, no others. */
record ServiceLoaderSource(ClassLoader loader) implements ProviderSource {
    /** An iterator that cannot list its resources fails for ever: after so many failures in a row there is nothing more. */
    private static final int FAILURES_IN_A_ROW = 64;

    @Override
    public <P extends Provider<?>> List<Candidate<P>> load(Class<P> type) {
        var found = new ArrayList<Candidate<P>>();
        try {
            iterate(ServiceLoader.load(type, loader).iterator(), found);
        } catch (Exception | LinkageError | ServiceConfigurationError failure) {
            found.add(broken(failure));
        }
        return List.copyOf(found);
    }

    private <P extends Provider<?>> void iterate(Iterator<P> iterator, List<Candidate<P>> found) {
        for (var failures = 0; failures < FAILURES_IN_A_ROW; ) {
            try {
                if (!iterator.hasNext()) {
                    return;
                }
                var provider = iterator.next();
                found.add(new Candidate.Loaded<>(provider, Locations.of(provider.getClass())));
                failures = 0;
            } catch (Exception | LinkageError | ServiceConfigurationError failure) {
                failures++;
                Candidate<P> broken = broken(failure);
                if (!found.contains(broken)) {
                    found.add(broken);
                }
            }
        }
    }

    private <P extends Provider<?>> Candidate<P> broken(Throwable failure) {
        var name = Optional.ofNullable(loader.getName()).orElse("class loader");
        return new Candidate.Broken<>("?", name, Locations.reason(failure));
    }
}
