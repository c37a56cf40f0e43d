/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import io.diskguard.runtime.containerd.wire.Cri.VersionRequest;
import io.diskguard.runtime.containerd.wire.Cri.VersionResponse;
import io.diskguard.spi.Ticker;
import io.grpc.Deadline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connection to whichever of the sockets answers, made when first asked for and again when it was lost, less and less
 * often while nothing answers. Thread-safe.
 */
final class CriConnection implements AutoCloseable {
    private static final long FIRST_DELAY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LAST_DELAY = TimeUnit.SECONDS.toNanos(5);

    private final CriRuntime runtime;
    private final List<Path> sockets;
    private final Ticker ticker;
    private final ReentrantLock opening = new ReentrantLock();
    private final AtomicReference<@Nullable CriClient> current = new AtomicReference<>();
    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();
    private volatile @Nullable CriClient trying;
    private volatile boolean closed;

    /** One call. */
    interface Question<A> {
        Answer<A> ask(CriClient client);
    }

    private record Failure(String reason, long since, long delay) {}

    CriConnection(CriRuntime runtime, List<Path> sockets, Ticker ticker) {
        this.runtime = runtime;
        this.sockets = List.copyOf(sockets);
        this.ticker = ticker;
    }

    /** Asks; once more over a new connection if the daemon went away from the old one. */
    <A> Answer<A> ask(Question<A> question, Deadline deadline) {
        var client = current.get();
        if (client != null) {
            var answer = question.ask(client);
            if (!(answer instanceof Answer.Lost<A> lost)) {
                failure.set(null);
                return answer;
            }
            drop(client);
            if (lost.late()) {
                // a daemon that hangs is not waited for by every caller in turn
                failed(lost.reason());
                return answer;
            }
        }
        var opened = open(deadline);
        if (!(opened instanceof Answer.Got<CriClient> got)) {
            return new Answer.Refused<>(opened instanceof Answer.Failed<?> failed ? failed.reason() : "no connection");
        }
        var answer = question.ask(got.value());
        if (answer instanceof Answer.Lost<A> lost) {
            drop(got.value());
            failed(lost.reason());
        } else {
            failure.set(null);
        }
        return answer;
    }

    /** The connection there is, or a new one. */
    Answer<CriClient> open(Deadline deadline) {
        try {
            if (!opening.tryLock(deadline.timeRemaining(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS)) {
                return new Answer.Lost<>("no connection to " + runtime.name() + " in time", true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Refused<>("interrupted");
        }
        try {
            var client = current.get();
            return client != null ? new Answer.Got<>(client) : connect(deadline);
        } finally {
            opening.unlock();
        }
    }

    private Answer<CriClient> connect(Deadline deadline) {
        var last = failure.get();
        if (last != null && ticker.nanos() - last.since() < last.delay()) {
            return new Answer.Refused<>(last.reason());
        }
        var reasons = new ArrayList<String>();
        for (var socket : sockets) {
            if (closed) {
                return new Answer.Refused<>("closed");
            }
            var problem = Sockets.problem(socket);
            if (problem.isPresent()) {
                reasons.add(problem.get());
                continue;
            }
            var client = new CriClient(socket);
            trying = client;
            problem = check(client, deadline);
            if (problem.isEmpty()) {
                current.set(client);
            }
            trying = null;
            if (closed) {
                client.close();
                return new Answer.Refused<>("closed");
            }
            if (problem.isEmpty()) {
                // a daemon that says its version and hangs at what it is asked has not answered yet
                return new Answer.Got<>(client);
            }
            client.abandon();
            reasons.add(problem.get());
        }
        var reason = String.join("; ", reasons);
        failed(reason);
        return new Answer.Refused<>(reason);
    }

    /** Why it is not the runtime that is looked for; empty if it is. */
    private Optional<String> check(CriClient client, Deadline deadline) {
        var answer = client.call(CriMethods.VERSION, VersionRequest.getDefaultInstance(), deadline);
        if (answer instanceof Answer.Got<VersionResponse> got) {
            var name = got.value().getRuntimeName();
            return name.equals(runtime.name())
                    ? Optional.empty()
                    : Optional.of(client.socket() + " is " + Reasons.cut(name) + ", not " + runtime.name());
        }
        return Optional.of(
                answer instanceof Answer.Failed<?> failed ? failed.reason() : client.socket() + " has no version");
    }

    private void failed(String reason) {
        var now = ticker.nanos();
        failure.updateAndGet(
                last -> new Failure(reason, now, last == null ? FIRST_DELAY : Math.min(LAST_DELAY, 2 * last.delay())));
    }

    private void drop(CriClient client) {
        current.compareAndSet(client, null);
        client.abandon();
    }

    @Override
    public void close() {
        closed = true;
        // in this order: what is tried becomes current before it is no longer tried
        for (var client : new @Nullable CriClient[] {trying, current.get()}) {
            if (client != null) {
                client.close();
            }
        }
    }
}
