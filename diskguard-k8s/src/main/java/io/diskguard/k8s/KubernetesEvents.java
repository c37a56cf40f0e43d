/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.diskguard.model.PodRef;
import io.diskguard.reconcile.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what was done, as events of pods and of the node: {@code kubectl describe} shows them. To be called after
 * the fact. The same event again counts up the one that is there; too many of one object are dropped, and so are those
 * that wait too long in a full queue. Events of {@code v1}, not {@code events.k8s.io}: every cluster has them, what reads
 * events reads their count and last time, and one rule of RBAC permits them. Thread-safe; never blocks.
 */
public final class KubernetesEvents implements AutoCloseable {
    static final int QUEUE = 500;
    static final int TRIES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEvents.class);
    private static final int NOT_FOUND = 404;

    private final Api api;
    private final EventSeries series;
    private final Clock clock;
    private final Timer timer;
    private final Backoff backoff;
    private final String node;
    private final Queue<Happening> queue = new ArrayDeque<>();
    private final AtomicLong dropped = new AtomicLong();
    private boolean sending;
    private boolean closed;
    private volatile boolean failing;

    /** Whether it is something to worry about. */
    public enum Severity {
        /** As it should be. */
        NORMAL("Normal"),
        /** Somebody should look at it. */
        WARNING("Warning");

        private final String word;

        Severity(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    KubernetesEvents(Api api, String node, EventSeries series, Clock clock, Timer timer, Backoff backoff) {
        this.api = api;
        this.node = node;
        this.series = series;
        this.clock = clock;
        this.timer = timer;
        this.backoff = backoff;
    }

    /**
     * @param reason one word, as {@code SmartLimitApplied}
     * @param message for people; cut where it is longer than an event takes
     */
    public void ofPod(PodRef pod, Severity severity, String reason, String message) {
        record(Subject.pod(pod), severity, reason, message);
    }

    /** As {@link #ofPod}, of the node. */
    public void ofNode(Severity severity, String reason, String message) {
        record(Subject.node(node), severity, reason, message);
    }

    /** How many were not told: too many of one object, too many waiting, or refused. */
    public long dropped() {
        return dropped.get();
    }

    /** Tells no more. */
    @Override
    public void close() {
        synchronized (queue) {
            closed = true;
            queue.clear();
        }
    }

    private void record(Subject subject, Severity severity, String reason, String message) {
        var happening = new Happening(subject, severity, reason, Happening.cut(message), clock.instant());
        synchronized (queue) {
            if (closed || queue.size() >= QUEUE || !series.admits(subject)) {
                dropped.incrementAndGet();
                return;
            }
            queue.add(happening);
            if (sending) {
                return;
            }
            sending = true;
        }
        // Not here: what is left to do before the request is on its way is no work of the caller's.
        timer.after(Duration.ZERO, this::next);
    }

    private void next() {
        Happening happening;
        synchronized (queue) {
            happening = queue.poll();
            if (happening == null) {
                sending = false;
                return;
            }
        }
        send(happening, 1);
    }

    private void send(Happening happening, int attempt) {
        var known = series.of(happening);
        var answer = known.isPresent()
                ? api.mergePatch(known.get().path(), known.get().again(happening))
                : api.create(happening.path(), series.begin(happening));
        answer.thenAccept(said -> answered(happening, attempt, known.isPresent(), said));
    }

    private void answered(Happening happening, int attempt, boolean again, Answer answer) {
        if (answer instanceof Answer.Said said && said.isGood()) {
            series.told(happening);
            failing = false;
            next();
            return;
        }
        series.forget(happening);
        var expired = again && answer instanceof Answer.Said said && said.code() == NOT_FOUND;
        var passing = answer instanceof Answer.Unreached || answer instanceof Answer.Said said && said.isPassing();
        if (expired) {
            send(happening, attempt);
        } else if (passing && attempt < TRIES) {
            timer.after(backoff.delay(attempt), () -> send(happening, attempt + 1));
        } else {
            drop(answer);
            next();
        }
    }

    private void drop(Answer answer) {
        dropped.incrementAndGet();
        if (!failing) {
            LOG.warn("events cannot be recorded: {}", reason(answer));
        }
        failing = true;
    }

    private static String reason(Answer answer) {
        return answer instanceof Answer.Said said
                ? Trouble.ofAnswer("create and patch", "events", said.code(), said.message())
                : Trouble.of("create and patch", "events", ((Answer.Unreached) answer).problem());
    }
}
