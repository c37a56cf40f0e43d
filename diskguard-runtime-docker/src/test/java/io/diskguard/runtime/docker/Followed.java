/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import static org.assertj.core.api.Assertions.fail;

import io.diskguard.model.Pod;
import io.diskguard.spi.Environment;
import io.diskguard.spi.PodSource.Snapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A pod source, and waiting for what it tells, or for its giving up on a connection. */
final class Followed implements AutoCloseable {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Queue<String> appeared = new ConcurrentLinkedQueue<>();
    private final AtomicInteger losses = new AtomicInteger();
    private final DockerPodSource source;

    Followed(Environment environment) {
        this(environment, Ids.PATIENT);
    }

    Followed(Environment environment, Duration deadline) {
        source = DockerPodSource.following(
                environment,
                task -> {
                    var thread = new Thread(task, "follower");
                    thread.setDaemon(true);
                    return thread;
                },
                deadline,
                // Asked for the jitter of each delay
                () -> {
                    losses.incrementAndGet();
                    told.add("lost");
                    return 0;
                });
        source.onChange(told::add);
        source.cgroups().onAppeared(uid -> {
            appeared.add(uid);
            told.add(uid);
        });
    }

    DockerPodSource source() {
        return source;
    }

    Followed await(BooleanSupplier what) {
        try {
            while (!what.getAsBoolean()) {
                if (told.poll(20, TimeUnit.SECONDS) == null) {
                    fail("waited in vain; the snapshot is " + source.snapshot());
                }
            }
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    Collection<Pod> pods() {
        return source.snapshot() instanceof Snapshot.Synced synced ? synced.pods() : List.of();
    }

    /** Uids of the pods of containers that appeared so far. */
    Queue<String> appeared() {
        return appeared;
    }

    /** How often it gave up on a connection. */
    int losses() {
        return losses.get();
    }

    boolean complete() {
        return source.snapshot() instanceof Snapshot.Synced synced && synced.complete();
    }

    Optional<Pod> pod(String uid) {
        return pods().stream().filter(pod -> pod.uid().equals(uid)).findFirst();
    }

    boolean runs(String id) {
        return pod(id).filter(pod -> pod.containers().get(0).id().isPresent()).isPresent();
    }

    @Override
    public void close() {
        source.close();
    }
}
