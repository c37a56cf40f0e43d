/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import io.diskguard.spi.Support;
import io.diskguard.spi.Ticker;
import io.grpc.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks which socket answers; apart, so that gRPC is not loaded where there is none. */
final class CriProbe {
    /** Longer than an answer may take: it is the first call, and loads all of gRPC on what may be a tenth of a core. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private CriProbe() {}

    static Support probe(CriRuntime runtime, List<Path> sockets, Ticker ticker, Duration patience) {
        try (var connection = new CriConnection(runtime, sockets, ticker)) {
            var opened = connection.open(Deadline.after(patience.toNanos(), TimeUnit.NANOSECONDS));
            return opened instanceof Answer.Failed<?> failed
                    ? Support.unsupported(failed.reason())
                    : Support.supported();
        }
    }
}
