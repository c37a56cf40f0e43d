/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The client's threads: few, named, and none while there is nothing to do. */
final class Tasks implements KubernetesClientBuilder.ExecutorSupplier {
    private static final int THREADS = 2;
    private static final int IDLE_SECONDS = 60;

    @Override
    public Executor get() {
        return pool("diskguard-k8s");
    }

    @Override
    public void onClose(Executor executor) {
        if (executor instanceof ThreadPoolExecutor pool) {
            pool.shutdownNow();
        }
    }

    static ThreadPoolExecutor pool(String name) {
        var number = new AtomicInteger();
        var pool = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
