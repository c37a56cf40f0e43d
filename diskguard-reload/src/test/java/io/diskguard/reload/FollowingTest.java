/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FollowingTest {
    private final Rig rig = new Rig(Map.of("check_interval", 10));

    @Test
    void manyChangesDuringAReloadLeadToOneMore() throws InterruptedException {
        var applying = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var second = new CountDownLatch(2);
        var reads = new ArrayList<String>();
        rig.target = config -> {
            applying.countDown();
            await(go);
            second.countDown();
            return new ConfigTarget.Answer.Applied();
        };
        rig.reloader.start(Thread::new);
        rig.file.says(Map.of("check_interval", 20)).tell();
        await(applying);
        for (var i = 21; i < 30; i++) {
            rig.file.says(Map.of("check_interval", i)).tell();
        }
        rig.file.beforeReading(() -> reads.add("read"));
        go.countDown();
        await(second);

        rig.reloader.close();

        assertThat(rig.heard).extracting(it -> it.changes().get(0).after()).containsExactly("20", "29");
        assertThat(reads).hasSize(1);
    }

    @Test
    void whatChangedBeforeItWasStartedIsSeen() throws InterruptedException {
        rig.file.says(Map.of("check_interval", 20));
        var applied = new CountDownLatch(1);
        rig.target = config -> {
            applied.countDown();
            return new ConfigTarget.Answer.Applied();
        };

        rig.reloader.start(Thread::new);

        await(applied);
        rig.reloader.close();
        assertThat(rig.heard).hasSize(1);
    }

    @Test
    void whatIsToldAfterItWasClosedIsIgnored() {
        var thread = new AtomicReference<Thread>();
        rig.reloader.start(run -> {
            thread.set(new Thread(run));
            return thread.get();
        });
        rig.reloader.close();
        assertThat(thread.get().isAlive()).isFalse();

        rig.reads(Map.of("check_interval", 20));

        assertThat(rig.heard).isEmpty();
        assertThat(rig.applied).isEmpty();
        rig.reloader.close();
        assertThatThrownBy(() -> rig.reloader.start(Thread::new)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aListenerMayCloseIt() {
        var closed = new CompletableFuture<Boolean>();
        var reloader = ConfigReloader.of(
                rig.environment,
                rig.sources,
                rig.reloader.status().inForce(),
                it -> new ConfigTarget.Answer.Applied(),
                List.of());
        rig.target = config -> {
            reloader.close();
            closed.complete(true);
            return new ConfigTarget.Answer.Applied();
        };
        rig.reloader.start(Thread::new);
        rig.file.says(Map.of("check_interval", 20)).tell();

        assertThat(closed.join()).isTrue();
        rig.reloader.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
