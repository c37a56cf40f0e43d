/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import com.google.protobuf.MessageLite;
import io.diskguard.runtime.containerd.wire.Cri.ContainerState;
import io.diskguard.runtime.containerd.wire.Cri.ContainerStatus;
import io.diskguard.runtime.containerd.wire.Cri.ContainerStatusResponse;
import io.diskguard.runtime.containerd.wire.Cri.PodSandboxStatus;
import io.diskguard.runtime.containerd.wire.Cri.PodSandboxStatusResponse;
import io.diskguard.runtime.containerd.wire.Cri.VersionResponse;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A daemon that answers as containerd 1.6 does, on a unix socket; it takes the beginning of an id for the id, as that does. */
final class FakeCri implements AutoCloseable {
    /** How the daemon takes a call. */
    enum Mood {
        ANSWERS,
        HANGS,
        SAYS_ITS_VERSION_AND_HANGS,
        TALKS_NONSENSE,
        KNOWS_NO_V1
    }

    private final Path socket;
    private final String name;
    private final Map<String, ContainerStatusResponse> containers = new ConcurrentHashMap<>();
    private final Map<String, PodSandboxStatusResponse> sandboxes = new ConcurrentHashMap<>();
    private final Map<String, Status> failing = new ConcurrentHashMap<>();
    private final Semaphore hanging = new Semaphore(0);
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Mood mood = Mood.ANSWERS;
    private Server server;

    FakeCri(Path socket, String name) {
        this.socket = socket;
        this.name = name;
        start();
    }

    void start() {
        try {
            Files.createDirectories(socket.getParent());
            Files.deleteIfExists(socket);
            server = OkHttpServerBuilder.forPort(new InetSocketAddress(0), InsecureServerCredentials.create())
                    .socketFactory(UnixServerSocket.at(socket))
                    .addService(ServerServiceDefinition.builder(CriMethods.SERVICE)
                            .addMethod(serve(
                                    CriMethods.VERSION,
                                    question -> Optional.of(VersionResponse.newBuilder()
                                            .setRuntimeName(name)
                                            .build())))
                            .addMethod(serve(
                                    CriMethods.CONTAINER_STATUS,
                                    question -> find(containers, question.getContainerId())))
                            .addMethod(serve(
                                    CriMethods.POD_SANDBOX_STATUS,
                                    question -> find(sandboxes, question.getPodSandboxId())))
                            .build())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        server.shutdownNow();
        try {
            server.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void mood(Mood next) {
        mood = next;
    }

    /** From now on a call is answered so; OK to answer it well. */
    void fail(MethodDescriptor<?, ?> method, Status status) {
        failing.put(String.valueOf(method.getBareMethodName()), status);
    }

    /** A permit for each call that hangs. */
    Semaphore hanging() {
        return hanging;
    }

    /** That reached it. */
    int calls() {
        return calls.get();
    }

    void container(String id, String cgroupsPath) {
        container(
                ContainerStatus.newBuilder()
                        .setId(id)
                        .setState(ContainerState.CONTAINER_RUNNING)
                        .build(),
                "{\"pid\": 77, \"runtimeSpec\": {\"linux\": {\"cgroupsPath\": \"" + cgroupsPath + "\"}}}");
    }

    void container(ContainerStatus status, String info) {
        containers.put(
                status.getId(),
                ContainerStatusResponse.newBuilder()
                        .setStatus(status)
                        .putInfo("info", info)
                        .build());
    }

    void sandbox(String id, String cgroupsPath) {
        sandboxes.put(
                id,
                PodSandboxStatusResponse.newBuilder()
                        .setStatus(PodSandboxStatus.newBuilder().setId(id))
                        .putInfo("info", "{\"runtimeSpec\": {\"linux\": {\"cgroupsPath\": \"" + cgroupsPath + "\"}}}")
                        .build());
    }

    void remove(String id) {
        containers.remove(id);
    }

    private static <A> Optional<A> find(Map<String, A> known, String id) {
        return known.keySet().stream()
                .filter(whole -> whole.startsWith(id))
                .findFirst()
                .map(known::get);
    }

    private <Q, A extends MessageLite> ServerMethodDefinition<Q, A> serve(
            MethodDescriptor<Q, A> method, Function<Q, Optional<A>> find) {
        var asBytes = new Marshaller<A>() {
            @Override
            public InputStream stream(A answer) {
                return mood == Mood.TALKS_NONSENSE
                        ? new ByteArrayInputStream(new byte[] {0x0a, 0x7f, 1})
                        : method.streamResponse(answer);
            }

            @Override
            public A parse(InputStream stream) {
                return method.parseResponse(stream);
            }
        };
        return ServerMethodDefinition.create(
                method.toBuilder(method.getRequestMarshaller(), asBytes).build(),
                ServerCalls.asyncUnaryCall((question, answers) -> answer(method, find.apply(question), answers)));
    }

    private <A extends MessageLite> void answer(
            MethodDescriptor<?, A> method, Optional<A> answer, StreamObserver<A> answers) {
        calls.incrementAndGet();
        var now = mood;
        var failure = failing.getOrDefault(String.valueOf(method.getBareMethodName()), Status.OK);
        if (!failure.isOk()) {
            answers.onError(new StatusException(failure));
            return;
        }
        if (now == Mood.SAYS_ITS_VERSION_AND_HANGS) {
            now = method.getBareMethodName().equals("Version") ? Mood.ANSWERS : Mood.HANGS;
        }
        switch (now) {
            case HANGS -> hanging.release();
            case KNOWS_NO_V1 ->
                answers.onError(new StatusException(
                        Status.UNIMPLEMENTED.withDescription("unknown service " + CriMethods.SERVICE)));
            case ANSWERS, TALKS_NONSENSE, SAYS_ITS_VERSION_AND_HANGS -> {
                if (answer.isPresent()) {
                    answers.onNext(answer.get());
                    answers.onCompleted();
                } else {
                    answers.onError(new StatusException(Status.NOT_FOUND.withDescription(
                            "an error occurred in " + method.getBareMethodName() + ": not found")));
                }
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
