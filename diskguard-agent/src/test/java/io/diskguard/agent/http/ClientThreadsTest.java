/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClientThreadsTest {
    @Test
    void moreClientsThanThreadsWaitAndAreAllServed() throws Exception {
        var pool = ClientThreads.pool(3);
        var all = new CountDownLatch(20);
        var go = new CountDownLatch(1);
        for (var i = 0; i < 20; i++) {
            pool.execute(() -> {
                try {
                    go.await();
                    all.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertThat(pool.getPoolSize()).isEqualTo(3);
        assertThat(pool.getQueue()).hasSize(17);
        go.countDown();
        assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        pool.shutdownNow();
    }
}
