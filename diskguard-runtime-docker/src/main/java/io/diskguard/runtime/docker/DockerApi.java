/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon behind a socket: every call ends within the deadline, and never throws. The client is made, and the socket
 * connected to, at the first call; a daemon that was restarted is connected to again. Thread-safe.
 */
final class DockerApi implements AutoCloseable {
    private static final int LENGTH_MAX = 300;
    private static final Logger LOG = LoggerFactory.getLogger(DockerApi.class);

    private final DockerSocket socket;
    private final Duration deadline;
    private final ExecutorService calls = Executors.newCachedThreadPool(DockerApi::daemonThread);
    private Optional<DockerClient> client = Optional.empty();
    private boolean closed;

    DockerApi(DockerSocket socket, Duration deadline) {
        this.socket = socket;
        this.deadline = deadline;
    }

    /** @param state as {@code docker ps} shows it: {@code running}, {@code exited} */
    record Listed(String id, String name, String state) {
        boolean running() {
            return state.equals("running") || state.equals("paused");
        }
    }

    /** One container; the whole id is compared, since the daemon takes names and beginnings of ids too. */
    Answer<DockerContainer> inspect(String id) {
        var answer =
                ask(docker -> DockerContainer.of(docker.inspectContainerCmd(id).exec()));
        return answer instanceof Answer.Given<DockerContainer> given
                        && !given.value().id().equals(id)
                ? new Answer.NotThere<>()
                : answer;
    }

    /** Every container, also those that do not run. */
    Answer<List<Listed>> list() {
        return ask(docker -> docker.listContainersCmd().withShowAll(true).exec().stream()
                .map(container -> new Listed(
                        container.getId(),
                        Arrays.stream(Objects.requireNonNullElse(container.getNames(), new String[0]))
                                .map(DockerContainer::withoutSlash)
                                .filter(name -> !name.contains("/"))
                                .findFirst()
                                .orElse(""),
                        Objects.requireNonNullElse(container.getState(), "")))
                .toList());
    }

    /** {@code cgroupfs}, {@code systemd} or {@code none}. */
    Answer<String> cgroupDriver() {
        return ask(docker ->
                Optional.ofNullable(docker.infoCmd().exec().getCGroupDriver()).orElse("cgroupfs"));
    }

    /** Whether it answers. */
    Answer<Boolean> ping() {
        return ask(docker -> {
            docker.pingCmd().exec();
            return true;
        });
    }

    /** Has the daemon send the events of containers from then on to the stream, which the caller closes. */
    Answer<EventStream> events(Instant since, EventStream stream) {
        var started = ask(docker -> {
            docker.eventsCmd()
                    .withSince(Long.toString(since.getEpochSecond()))
                    .withEventTypeFilter("container")
                    .withEventFilter("create", "start", "die", "destroy", "rename", "update")
                    .exec(stream);
            return stream;
        });
        try {
            if (started instanceof Answer.Given<EventStream> && !stream.awaitAnswer(deadline)) {
                // The library waits for it in a thread of its own, that nothing else ends
                disconnect();
                return new Answer.Failed<>(noAnswer());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed<>("interrupted");
        }
        return stream.trouble().<Answer<EventStream>>map(this::failed).orElse(started);
    }

    private <T> Answer<T> ask(Function<DockerClient, T> question) {
        var trouble = socket.trouble();
        if (trouble.isPresent()) {
            return new Answer.Failed<>(trouble.get());
        }
        try {
            var call = calls.submit(() -> twice(question));
            try {
                return new Answer.Given<>(call.get(deadline.toNanos(), TimeUnit.NANOSECONDS));
            } finally {
                // Its thread sits in a read of a channel, which an interrupt closes
                call.cancel(true);
            }
        } catch (TimeoutException e) {
            return new Answer.Failed<>(noAnswer());
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } catch (RejectedExecutionException e) {
            return new Answer.Failed<>("closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed<>("interrupted");
        }
    }

    /** A connection kept from before may be of a daemon that has been restarted since. */
    private <T> T twice(Function<DockerClient, T> question) {
        try {
            return question.apply(client());
        } catch (DockerException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return question.apply(client());
        }
    }

    private <T> Answer<T> failed(Throwable cause) {
        if (cause instanceof NotFoundException) {
            return new Answer.NotThere<>();
        }
        LOG.debug("{}", socket, cause);
        var root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new Answer.Failed<>(socket + ": "
                + Optional.ofNullable(root.getMessage())
                        .map(DockerApi::cut)
                        .filter(message -> !message.isEmpty())
                        .orElse(root.getClass().getSimpleName()));
    }

    /** One line of bounded length, whoever wrote it. */
    private static String cut(String words) {
        var text = words.replaceAll("\\p{Cntrl}+", " ").strip();
        return text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) + "…" : text;
    }

    private String noAnswer() {
        return socket + " did not answer within " + deadline.toMillis() + " ms";
    }

    private synchronized DockerClient client() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (client.isEmpty()) {
            var config = new SocketConfig(socket.path());
            client = Optional.of(DockerClientImpl.getInstance(
                    config,
                    new ZerodepDockerHttpClient.Builder()
                            .dockerHost(config.getDockerHost())
                            .build()));
        }
        return client.get();
    }

    @Override
    public void close() {
        calls.shutdownNow();
        synchronized (this) {
            closed = true;
        }
        disconnect();
    }

    /** Ends what goes on; the next call connects again. */
    private void disconnect() {
        Optional<DockerClient> open;
        synchronized (this) {
            open = client;
            client = Optional.empty();
        }
        open.ifPresent(docker -> {
            try {
                docker.close();
            } catch (IOException e) {
                LOG.debug("closing {}", socket, e);
            }
        });
    }

    private static Thread daemonThread(Runnable task) {
        var thread = new Thread(task, "diskguard-docker-call");
        thread.setDaemon(true);
        return thread;
    }
}
