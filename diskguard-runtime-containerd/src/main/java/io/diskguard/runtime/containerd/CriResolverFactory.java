/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.Support;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.Set;

/** What the factories of this package have in common. Thread-safe. */
abstract class CriResolverFactory implements RuntimeResolver.Factory {
    private final CriRuntime runtime;

    CriResolverFactory(CriRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public final String name() {
        return runtime.scheme();
    }

    @Override
    public final int priority() {
        return Provider.BUILT_IN;
    }

    @Override
    public final Set<String> schemes() {
        return Set.of(runtime.scheme());
    }

    /** Whether one of the sockets answers as the runtime does; takes at most ten seconds. */
    @Override
    public final Support probe(Environment environment) {
        try {
            var sockets = Sockets.of(runtime, environment);
            var problems = sockets.stream().map(Sockets::problem).toList();
            return problems.stream().allMatch(Optional::isPresent)
                    ? Support.unsupported(String.join(
                            "; ", problems.stream().flatMap(Optional::stream).toList()))
                    : CriProbe.probe(runtime, sockets, environment.ticker(), CriProbe.PATIENCE);
        } catch (InvalidPathException e) {
            return Support.unsupported(Sockets.SETTING + " is not a path: " + e.getMessage());
        }
    }

    @Override
    public final RuntimeResolver create(Environment environment) {
        return new ContainerdResolver(runtime, Sockets.of(runtime, environment), environment);
    }
}
