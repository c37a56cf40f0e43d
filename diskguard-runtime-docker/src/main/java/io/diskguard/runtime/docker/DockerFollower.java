/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.model.Pod;
import io.diskguard.spi.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the daemon's containers: subscribes to its events, then lists, then looks at each container that an event names.
 * When the events are lost, what was known stays, and all is done again, later and later. Thread-safe.
 */
final class DockerFollower implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DockerFollower.class);
    private static final long FIRST_DELAY_NANOS = Duration.ofMillis(200).toNanos();
    private static final long LONGEST_DELAY_NANOS = Duration.ofSeconds(30).toNanos();
    /** The daemon answers before it has subscribed; its events of that moment are asked for by time. */
    private static final Duration OVERLAP = Duration.ofSeconds(2);

    private final DockerApi api;
    private final Clock clock;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final Signals signals = new Signals();
    private final List<Consumer<String>> changeListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> appearanceListeners = new CopyOnWriteArrayList<>();
    private volatile State state = new State(Map.of(), Map.of(), false, Optional.of("the daemon was not asked yet"));
    private boolean connected;

    DockerFollower(DockerApi api, Clock clock, Ticker ticker, RandomGenerator random) {
        this.api = api;
        this.clock = clock;
        this.ticker = ticker;
        this.random = random;
    }

    /**
     * @param heard whether the daemon was listened to at least once
     * @param trouble why what is known may be old, if it may
     */
    record State(
            Map<String, DockerContainer> containers, Map<String, Pod> pods, boolean heard, Optional<String> trouble) {
        State lost(String reason) {
            return new State(containers, pods, heard, Optional.of(reason));
        }
    }

    State state() {
        return state;
    }

    /** With the uid of each pod that changed. */
    void onChange(Consumer<String> listener) {
        changeListeners.add(listener);
    }

    /** With the uid of the pod of each container that starts. */
    void onAppeared(Consumer<String> listener) {
        appearanceListeners.add(listener);
    }

    /** Has the list compared with what is known. */
    void lookAgain() {
        signals.again();
    }

    void close() {
        signals.close();
    }

    @Override
    public void run() {
        try {
            for (var attempt = 1; !signals.isClosed(); attempt++) {
                var begin = ticker.nanos();
                connected = false;
                var reason = listen();
                if (signals.isClosed()) {
                    return;
                }
                // A stream that ends as soon as it began is as bad as none
                if (attempt == 1 || connected && ticker.nanos() - begin > LONGEST_DELAY_NANOS) {
                    LOG.warn("docker's containers are not followed: {}; trying again", reason);
                    attempt = 1;
                }
                state = state.lost(reason);
                signals.pause(delay(attempt));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration delay(int attempt) {
        var most = (long) Math.min(LONGEST_DELAY_NANOS, FIRST_DELAY_NANOS * Math.pow(2, attempt - 1));
        return Duration.ofNanos(most - random.nextLong(most / 2 + 1));
    }

    /** Until the events are lost; says why. */
    private String listen() throws InterruptedException {
        // A stream that is not answered cannot be taken back: ask first what can
        if (api.ping() instanceof Answer.Failed<Boolean> failed) {
            return failed.reason();
        }
        try (var stream = signals.begin()) {
            if (api.events(clock.instant().minus(OVERLAP), stream) instanceof Answer.Failed<EventStream> failed) {
                return failed.reason();
            }
            var trouble = list(true);
            if (trouble.isEmpty()) {
                connected = true;
                LOG.info("following {} containers of docker", state.containers().size());
            }
            while (trouble.isEmpty() && !signals.isClosed()) {
                var batch = signals.await();
                trouble = look(batch.changed(), new HashMap<>(state.containers()))
                        .or(() -> batch.again() ? list(false) : Optional.empty())
                        .or(batch::lost);
            }
            return trouble.orElse("closed");
        } catch (RuntimeException e) {
            LOG.error("following docker's containers failed", e);
            return e.toString();
        }
    }

    /** @param all look at every container, not only at those that the list tells to be different */
    private Optional<String> list(boolean all) {
        var answer = api.list();
        if (answer instanceof Answer.Given<List<DockerApi.Listed>> given) {
            var listed = given.value();
            var now = new HashMap<>(state.containers());
            now.keySet().retainAll(listed.stream().map(DockerApi.Listed::id).toList());
            return look(
                    listed.stream()
                            .filter(one -> all || differs(one, now))
                            .map(DockerApi.Listed::id)
                            .toList(),
                    now);
        }
        return Optional.of(
                answer instanceof Answer.Failed<?> failed ? failed.reason() : "the daemon does not list containers");
    }

    private static boolean differs(DockerApi.Listed listed, Map<String, DockerContainer> known) {
        var container = known.get(listed.id());
        return container == null
                || container.running() != listed.running()
                || !container.name().equals(listed.name());
    }

    private Optional<String> look(Collection<String> ids, Map<String, DockerContainer> now) {
        for (var id : ids) {
            var answer = api.inspect(id);
            if (answer instanceof Answer.Given<DockerContainer> given) {
                now.put(id, given.value());
            } else if (answer instanceof Answer.NotThere<?>) {
                now.remove(id);
            } else if (answer instanceof Answer.Failed<DockerContainer> failed) {
                return Optional.of(failed.reason());
            }
        }
        know(Map.copyOf(now));
        return Optional.empty();
    }

    private void know(Map<String, DockerContainer> now) {
        var before = state;
        var pods = DockerPods.of(now.values());
        state = new State(now, pods, true, Optional.empty());

        var changed = new HashSet<>(before.pods().keySet());
        changed.addAll(pods.keySet());
        changed.removeIf(uid -> Objects.equals(before.pods().get(uid), pods.get(uid)));
        tell(changeListeners, changed);
        if (before.heard()) {
            var appeared = new HashSet<String>();
            now.values().stream()
                    .filter(container ->
                            container.running() && !runsAs(before.containers().get(container.id()), container))
                    .forEach(container -> appeared.add(container.podUid()));
            tell(appearanceListeners, appeared);
        }
    }

    private static boolean runsAs(@Nullable DockerContainer before, DockerContainer now) {
        return before != null && before.pid().equals(now.pid());
    }

    private static void tell(List<Consumer<String>> listeners, Set<String> uids) {
        for (var uid : uids) {
            for (var listener : listeners) {
                try {
                    listener.accept(uid);
                } catch (RuntimeException e) {
                    LOG.error("a listener failed on pod {}", uid, e);
                }
            }
        }
    }
}
