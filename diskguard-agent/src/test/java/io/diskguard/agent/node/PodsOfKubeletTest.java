/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.exchange.Exchange;
import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.EnvironmentConfigSource;
import io.diskguard.config.GuardConfig;
import io.diskguard.spi.Environment;
import io.diskguard.spi.PodSource.Snapshot;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is asked for the pods is heard by who listens there, in place of a kubelet. */
class PodsOfKubeletTest {
    private final ScheduledThreadPoolExecutor later = new ScheduledThreadPoolExecutor(1, Threads.daemons("test-later"));

    @AfterEach
    void close() {
        later.shutdownNow();
    }

    @Test
    void theKubeletIsAskedWhereTheConfigurationSaysFromNowOn() throws IOException, InterruptedException {
        try (var first = new Ear("127.0.0.1", 0);
                var second = new Ear("127.0.0.1", 0)) {
            var before = config(first, Map.of());
            var pods = new PodsOfKubelet(before, "node-a", later);
            assertThat(hears(first)).isTrue();
            assertThat(pods.teller()).contains(":" + first.port());

            var next = config(second, Map.of());
            var exchange = pods.exchange(Environment.system(), before, next);
            exchange.put();
            exchange.finish();

            assertThat(hears(second)).isTrue();
            assertThat(pods.teller()).contains(":" + second.port());
            assertThat(pods.source().snapshot()).isInstanceOf(Snapshot.Unknown.class);
            pods.source().close();
        }
    }

    @Test
    void whatIsDiscardedWasNeverUsed() throws IOException, InterruptedException {
        try (var first = new Ear("127.0.0.1", 0);
                var second = new Ear("127.0.0.1", 0)) {
            var before = config(first, Map.of());
            var pods = new PodsOfKubelet(before, "node-a", later);

            pods.exchange(Environment.system(), before, config(second, Map.of()))
                    .discard();

            assertThat(pods.teller()).contains(":" + first.port());
            assertThat(hears(first)).isTrue();
            pods.source().close();
        }
    }

    @Test
    void whatHasNothingToDoWithTheKubeletExchangesNothing() throws IOException {
        try (var ear = new Ear("127.0.0.1", 0)) {
            var before = config(ear, Map.of());
            var pods = new PodsOfKubelet(before, "node-a", later);

            assertThat(pods.exchange(Environment.system(), before, config(ear, Map.of("CONTAINER_IOPS_LIMIT", "7"))))
                    .isSameAs(Exchange.NONE);
            assertThat(pods.exchange(Environment.system(), before, config(ear, Map.of("CHECK_INTERVAL", "7"))))
                    .isNotSameAs(Exchange.NONE)
                    .satisfies(Exchange::discard);
            pods.source().close();
        }
    }

    private static boolean hears(Ear ear) throws InterruptedException {
        var heard = new CountDownLatch(1);
        ear.onNext(heard::countDown);
        return heard.await(20, TimeUnit.SECONDS);
    }

    private static GuardConfig config(Ear ear, Map<String, String> more) {
        var variables = new HashMap<>(Map.of("KUBELET_HOST", "127.0.0.1", "KUBELET_PORT", "" + ear.port()));
        variables.putAll(more);
        return ((ConfigResult.Valid) ConfigLoader.load(List.of(new EnvironmentConfigSource(variables)))).config();
    }
}
