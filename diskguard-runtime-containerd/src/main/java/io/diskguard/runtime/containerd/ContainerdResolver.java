/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import io.diskguard.model.ContainerId;
import io.diskguard.spi.Environment;
import io.diskguard.spi.RuntimeResolver;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the daemon for one container by its id; an answer takes at most two seconds. Neither a thread nor a connection nor a
 * class of gRPC is there before the first question. Thread-safe.
 */
final class ContainerdResolver implements RuntimeResolver {
    private final CriRuntime runtime;
    private final List<Path> sockets;
    private final Environment environment;
    private @Nullable CriLookup lookup;
    private boolean closed;

    ContainerdResolver(CriRuntime runtime, List<Path> sockets, Environment environment) {
        this.runtime = runtime;
        this.sockets = List.copyOf(sockets);
        this.environment = environment;
    }

    @Override
    public Resolution resolve(ContainerId id) {
        if (!id.scheme().equals(runtime.scheme())) {
            return new Resolution.Unknown("asked " + runtime.scheme() + " for a container of " + id.scheme());
        }
        var asked = lookup();
        return asked == null ? new Resolution.Unknown("closed") : asked.resolve(id.id());
    }

    private synchronized @Nullable CriLookup lookup() {
        if (lookup == null && !closed) {
            lookup = new CriLookup(
                    new CriConnection(runtime, sockets, environment.ticker()),
                    new ProcCgroups(environment.paths().proc()));
        }
        return closed ? null : lookup;
    }

    @Override
    public void close() {
        final CriLookup last;
        synchronized (this) {
            last = lookup;
            lookup = null;
            closed = true;
        }
        if (last != null) {
            last.close();
        }
    }
}
