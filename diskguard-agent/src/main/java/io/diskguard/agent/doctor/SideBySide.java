/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Questions that are asked at the same time, each on a thread of its own. */
final class SideBySide {
    private SideBySide() {}

    static <T> FutureTask<T> start(Supplier<T> question) {
        var task = new FutureTask<T>(question::get);
        var thread = new Thread(task, "diskguard-doctor");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** The answers in the order of the questions. */
    static <T> List<T> ask(List<Supplier<T>> questions) {
        return questions.stream().map(SideBySide::start).toList().stream()
                .map(SideBySide::get)
                .toList();
    }

    /** @throws IllegalStateException if the question failed, or the wait was interrupted */
    static <T> T get(FutureTask<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
