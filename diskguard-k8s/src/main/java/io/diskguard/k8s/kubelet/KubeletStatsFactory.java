/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.spi.Environment;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes the statistics of the kubelet, {@code kubelet-cadvisor}, where {@code smart_limit_use_kubelet_api} wants them or a
 * {@code kubelet_} key says how it is reached; the keys are read from {@link Environment#settings()}, where
 * {@link KubeletProperties} puts them. The kubelet is not asked before the first sample.
 *
 * <p>Its priority is below that of the sources which read cgroup files, which cost less and are newer: who wants the kubelet
 * first puts it first.
 */
public final class KubeletStatsFactory implements IoStatsSource.Factory {
    private static final int BELOW_FILES = 50;
    private static final int IDLE_SECONDS = 5;

    /** For the service loader. */
    public KubeletStatsFactory() {}

    @Override
    public String name() {
        return "kubelet-cadvisor";
    }

    @Override
    public int priority() {
        return Provider.FALLBACK + BELOW_FILES;
    }

    @Override
    public Support probe(Environment environment) {
        var settings = environment.settings();
        if (!KubeletProperties.isWanted(settings) && !KubeletProperties.isConfigured(settings)) {
            return Support.unsupported("smart_limit_use_kubelet_api is not true, and no kubelet_ key is set");
        }
        try {
            KubeletProperties.kubelet(settings);
            KubeletProperties.interval(settings);
            return Support.supported();
        } catch (IllegalArgumentException e) {
            return Support.unsupported("the kubelet's settings cannot be used: " + e.getMessage());
        }
    }

    @Override
    public IoStatsSource create(Environment environment) {
        var settings = environment.settings();
        var client = KubeletClient.open(KubeletProperties.kubelet(settings));
        var keep = KubeletProperties.interval(settings).dividedBy(2);
        return new KubeletStats(client, environment, keep, background());
    }

    /** One thread, and none while nothing is asked. */
    private static ThreadPoolExecutor background() {
        var queue = new LinkedBlockingQueue<Runnable>();
        var pool = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, queue, task -> {
            var thread = new Thread(task, "diskguard-kubelet");
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
