/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One connection to one socket and the few threads that it needs. Thread-safe; a call ends when its time is up. */
final class CriClient implements AutoCloseable {
    /** One reads, one writes, one keeps time, one to spare. */
    private static final int THREADS_MAX = 4;

    private static final int METADATA_MAX = 64 * 1024;
    private static final long IDLE_SECONDS = 30;
    private static final long LAST_TASKS_MILLIS_MAX = 100;
    private static final long CLOSE_SECONDS_MAX = 1;

    private final Path socket;
    private final ScheduledThreadPoolExecutor threads;
    private final ManagedChannel channel;

    /** Connects with the first call. */
    CriClient(Path socket) {
        this.socket = socket;
        threads = new ScheduledThreadPoolExecutor(THREADS_MAX, task -> {
            var thread = new Thread(task, "diskguard-cri");
            thread.setDaemon(true);
            return thread;
        });
        threads.setKeepAliveTime(1, TimeUnit.SECONDS);
        threads.allowCoreThreadTimeOut(true);
        threads.setRemoveOnCancelPolicy(true);
        channel = OkHttpChannelBuilder.forAddress("127.0.0.1", 1) // neither looked up nor connected to
                .overrideAuthority("localhost")
                .usePlaintext()
                .socketFactory(UnixSocket.to(socket))
                .proxyDetector(target -> null)
                .disableServiceConfigLookUp()
                .disableRetry()
                .idleTimeout(IDLE_SECONDS, TimeUnit.SECONDS)
                .maxInboundMetadataSize(METADATA_MAX)
                .directExecutor()
                .offloadExecutor(threads)
                .transportExecutor(threads)
                .scheduledExecutorService(threads)
                .build();
    }

    Path socket() {
        return socket;
    }

    <Q, A> Answer<A> call(MethodDescriptor<Q, A> method, Q question, Deadline deadline) {
        var left = deadline.timeRemaining(TimeUnit.NANOSECONDS);
        final Future<A> answer;
        try {
            answer = ClientCalls.futureUnaryCall(
                    channel.newCall(method, CallOptions.DEFAULT.withDeadline(deadline)), question);
        } catch (RejectedExecutionException e) {
            return new Answer.Lost<>("the connection to " + socket + " was closed", false);
        }
        try {
            // a little longer than the call's own deadline, which says more
            return new Answer.Got<>(answer.get(left + TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            return failed(Status.fromThrowable(e.getCause()));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return late();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Answer.Refused<>("interrupted");
        }
    }

    private <A> Answer<A> failed(Status status) {
        return switch (status.getCode()) {
            case NOT_FOUND -> new Answer.NoSuch<>();
            case DEADLINE_EXCEEDED -> late();
            case UNAVAILABLE -> new Answer.Lost<>(socket + ": " + Reasons.of(status), false);
            case UNIMPLEMENTED ->
                new Answer.Refused<>(socket + " does not speak CRI runtime.v1: " + Reasons.of(status));
            default -> new Answer.Refused<>(socket + ": " + Reasons.of(status));
        };
    }

    private <A> Answer<A> late() {
        return new Answer.Lost<>(socket + " did not answer in time", true);
    }

    /** Ends what is under way, and does not wait for it. */
    void abandon() {
        end(0);
    }

    /** Ends what is under way; afterwards no thread of it is left. */
    @Override
    public void close() {
        end(CLOSE_SECONDS_MAX);
    }

    private void end(long seconds) {
        channel.shutdownNow();
        try {
            // its last tasks need the threads
            channel.awaitTermination(LAST_TASKS_MILLIS_MAX, TimeUnit.MILLISECONDS);
            threads.shutdownNow();
            threads.awaitTermination(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
