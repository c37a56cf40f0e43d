/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import io.diskguard.spi.Provider;
import java.util.ArrayList;
import java.util.List;

/** Providers that were passed as instances. */
record InstanceSource(List<Provider<?>> providers) implements ProviderSource {
    @Override
    public <P extends Provider<?>> List<Candidate<P>> load(Class<P> type) {
        var found = new ArrayList<Candidate<P>>();
        for (var provider : providers) {
            if (type.isInstance(provider)) {
                found.add(new Candidate.Loaded<>(type.cast(provider), "passed as an instance"));
            }
        }
        return List.copyOf(found);
    }
}
