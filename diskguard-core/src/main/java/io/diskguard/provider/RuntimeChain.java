/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import io.diskguard.model.ContainerId;
import io.diskguard.spi.Environment;
import io.diskguard.spi.RuntimeResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runtimes of a node as one: a container is asked of those that serve its id's scheme, in order, until one knows.
 * Closing it closes them. Thread-safe as they are.
 */
public final class RuntimeChain implements RuntimeResolver {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeChain.class);

    private final List<Link> links;

    private record Link(Set<String> schemes, RuntimeResolver resolver) {}

    private RuntimeChain(List<Link> links) {
        this.links = List.copyOf(links);
    }

    /** Every resolver that can work here, those of higher priority first. */
    public static RuntimeChain open(ProviderSource source, Environment environment) {
        var links = new ArrayList<Link>();
        for (var factory : ProviderSelection.all(RuntimeResolver.Factory.class, source, environment)
                .providers()) {
            try {
                links.add(new Link(Set.copyOf(factory.schemes()), factory.create(environment)));
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("runtime {} cannot be made and is left out", factory.name(), e);
            }
        }
        return new RuntimeChain(links);
    }

    @Override
    public Resolution resolve(ContainerId id) {
        Resolution last = new Resolution.Unknown("no runtime serves " + id.scheme());
        for (var link : links) {
            if (link.schemes().isEmpty() || link.schemes().contains(id.scheme())) {
                last = link.resolver().resolve(id);
                if (!(last instanceof Resolution.Unknown)) {
                    return last;
                }
            }
        }
        return last;
    }

    @Override
    public void close() {
        links.forEach(link -> link.resolver().close());
    }
}
