/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Several threads that do the same thing at the same time. */
final class Together {
    private static final int THREADS = 4;
    private static final int TIMES = 50;

    private Together() {}

    /** Expects the answer of every call of every thread to be that one. */
    static <T> void allAnswer(String what, T expected, Callable<T> call) {
        var barrier = new CyclicBarrier(THREADS);
        var pool = Executors.newFixedThreadPool(THREADS);
        try {
            var running = new ArrayList<Future<List<T>>>();
            for (var i = 0; i < THREADS; i++) {
                running.add(pool.submit(() -> {
                    barrier.await(10, TimeUnit.SECONDS);
                    var answers = new ArrayList<T>();
                    for (var time = 0; time < TIMES; time++) {
                        answers.add(call.call());
                    }
                    return answers;
                }));
            }
            for (var one : running) {
                assertThat(one.get(60, TimeUnit.SECONDS)).as(what).containsOnly(expected);
            }
        } catch (ExecutionException e) {
            throw new AssertionError(what + ": it threw when called by several threads", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError(what + ": several threads that call it do not come to an end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            pool.shutdownNow();
        }
    }
}
