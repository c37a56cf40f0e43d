/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.Support;
import java.util.Set;

/** Makes the resolver of containers that docker runs, {@code docker}, where a daemon answers. */
public final class DockerResolverFactory implements RuntimeResolver.Factory {

    /** For the service loader. */
    public DockerResolverFactory() {}

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public int priority() {
        return Provider.BUILT_IN;
    }

    @Override
    public Set<String> schemes() {
        return Set.of(DockerContainer.SCHEME);
    }

    @Override
    public Support probe(Environment environment) {
        return DockerProbe.probe(DockerSocket.of(environment), DockerSocket.DEADLINE);
    }

    @Override
    public RuntimeResolver create(Environment environment) {
        return DockerResolver.in(environment);
    }
}
