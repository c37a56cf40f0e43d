/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import io.diskguard.runtime.containerd.wire.Cri.VersionRequest;
import io.diskguard.runtime.containerd.wire.Cri.VersionResponse;
import io.diskguard.spi.Environment;
import io.grpc.Deadline;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What answers on the sockets where runtimes that speak CRI are looked for. */
public final class CriSockets {
    private CriSockets() {}

    /**
     * One socket.
     *
     * @param isThere whether something may listen there
     * @param answers whether a runtime said its version
     * @param words which runtime it is, or why none answers
     */
    public record Greeting(String socket, boolean isThere, boolean answers, String words) {}

    /**
     * Asks each socket that is looked at for containers of the scheme, one after the other.
     *
     * @param scheme {@code containerd} or {@code cri-o}
     * @param patience for each answer
     */
    public static List<Greeting> greet(String scheme, Environment environment, Duration patience) {
        var runtime = scheme.equals(CriRuntime.CRI_O.scheme()) ? CriRuntime.CRI_O : CriRuntime.CONTAINERD;
        try {
            return Sockets.of(runtime, environment).stream()
                    .map(socket -> {
                        var problem = Sockets.problem(socket);
                        return problem.map(it -> new Greeting(socket.toString(), false, false, it))
                                .orElseGet(() -> Said.by(new CriClient(socket), runtime, patience));
                    })
                    .toList();
        } catch (InvalidPathException e) {
            return List.of(
                    new Greeting(e.getInput(), false, false, Sockets.SETTING + " is not a path: " + e.getMessage()));
        }
    }

    /** Apart, so that gRPC is not loaded where there is no socket. */
    private static final class Said {
        static Greeting by(CriClient client, CriRuntime runtime, Duration patience) {
            var socket = client.socket().toString();
            try (client) {
                var answer = client.call(
                        CriMethods.VERSION,
                        VersionRequest.getDefaultInstance(),
                        Deadline.after(patience.toNanos(), TimeUnit.NANOSECONDS));
                if (answer instanceof Answer.Got<VersionResponse> got) {
                    var name = got.value().getRuntimeName();
                    var words = socket + " is " + name + " " + got.value().getRuntimeVersion();
                    return name.equals(runtime.name())
                            ? new Greeting(socket, true, true, words)
                            : new Greeting(socket, true, false, words + ", not " + runtime.name());
                }
                return new Greeting(
                        socket,
                        true,
                        false,
                        answer instanceof Answer.Failed<?> failed ? failed.reason() : socket + " has no version");
            }
        }
    }
}
