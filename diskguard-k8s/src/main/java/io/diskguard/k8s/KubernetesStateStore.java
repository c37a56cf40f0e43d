/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.reconcile.Backoff;
import io.diskguard.spi.StateStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Texts in the annotations of pods. A patch names the keys that change and the pod's uid, nothing else: what others write
 * stays, and a pod of the same name made anew is not touched. Thread-safe.
 */
final class KubernetesStateStore implements StateStore {
    static final int TRIES = 5;

    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int INVALID = 422;

    private final Api api;
    private final Function<String, Optional<Pod>> pods;
    private final Predicate<String> own;
    private final Timer timer;
    private final Backoff backoff;
    private final Map<String, CompletableFuture<Result>> last = new HashMap<>();
    private volatile boolean closed;

    /** @param own which annotation keys are ours */
    KubernetesStateStore(
            Api api, Function<String, Optional<Pod>> pods, Predicate<String> own, Timer timer, Backoff backoff) {
        this.api = api;
        this.pods = pods;
        this.own = own;
        this.timer = timer;
        this.backoff = backoff;
    }

    @Override
    public Map<String, String> read(String podUid) {
        var texts = new HashMap<String, String>();
        pods.apply(podUid).ifPresent(pod -> pod.annotations().forEach((key, value) -> {
            if (own.test(key)) {
                texts.put(key, value);
            }
        }));
        return Map.copyOf(texts);
    }

    /** @throws IllegalArgumentException if a key is not ours, or there is none */
    @Override
    public CompletionStage<Result> patch(PodRef pod, Map<String, Optional<String>> changes) {
        if (changes.isEmpty() || !changes.keySet().stream().allMatch(own)) {
            throw new IllegalArgumentException("keys of our own only, and at least one, was " + changes.keySet());
        }
        var body = body(pod, changes);
        synchronized (last) {
            var before = last.getOrDefault(pod.uid(), CompletableFuture.completedFuture(new Result.Stored()));
            var result = before.thenCompose(done -> attempt(pod, body, 1));
            last.put(pod.uid(), result);
            result.whenComplete((done, problem) -> forget(pod.uid(), result));
            return result.minimalCompletionStage();
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private void forget(String uid, CompletableFuture<Result> result) {
        synchronized (last) {
            last.remove(uid, result);
        }
    }

    private CompletableFuture<Result> attempt(PodRef pod, ObjectNode body, int attempt) {
        if (closed) {
            return CompletableFuture.completedFuture(new Result.Failed("the state store is closed"));
        }
        return api.mergePatch("/api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name(), body)
                .thenCompose(answer -> {
                    var result = result(answer);
                    if (!(result instanceof Result.Failed) || attempt == TRIES) {
                        return CompletableFuture.completedFuture(result);
                    }
                    var next = new CompletableFuture<Void>();
                    timer.after(backoff.delay(attempt), () -> next.complete(null));
                    return next.thenCompose(now -> attempt(pod, body, attempt + 1));
                });
    }

    private static Result result(Answer answer) {
        if (answer instanceof Answer.Said said) {
            if (said.isGood()) {
                return new Result.Stored();
            }
            var reason = Trouble.ofAnswer("patch", "pods", said.code(), said.message());
            return switch (said.code()) {
                case NOT_FOUND -> new Result.Gone();
                case FORBIDDEN -> new Result.Forbidden(reason);
                // Another uid: a failed precondition since Kubernetes 1.7, before and in some servers an immutable
                // field.
                case CONFLICT -> namesUid(said) ? new Result.Gone() : new Result.Failed(reason);
                case INVALID -> namesUid(said) ? new Result.Gone() : new Result.Rejected(reason);
                case UNAUTHORIZED -> new Result.Failed(reason);
                default -> said.isPassing() ? new Result.Failed(reason) : new Result.Rejected(reason);
            };
        }
        return new Result.Failed(Trouble.of("patch", "pods", ((Answer.Unreached) answer).problem()));
    }

    private static boolean namesUid(Answer.Said said) {
        return said.message().contains("UID in precondition") || said.message().contains("metadata.uid");
    }

    private static ObjectNode body(PodRef pod, Map<String, Optional<String>> changes) {
        var body = JsonNodeFactory.instance.objectNode();
        var metadata = body.putObject("metadata").put("uid", pod.uid());
        var annotations = metadata.putObject("annotations");
        changes.forEach((key, value) ->
                value.ifPresentOrElse(text -> annotations.put(key, text), () -> annotations.putNull(key)));
        return body;
    }
}
