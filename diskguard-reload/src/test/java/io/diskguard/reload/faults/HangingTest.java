/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.testkit.fault.Fault;
import io.diskguard.testkit.fault.Hang;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that does not come back stops the loop, and nothing else: what was limited stays so, and it can be ended. */
@Timeout(120)
class HangingTest {
    private static final Duration RESYNCS = Duration.ofSeconds(65);
    private static final long SECONDS = 60;

    /** Every operation that is called while a guard runs. */
    static List<String> operations() {
        return EveryBorderTest.rows().stream()
                .map(EveryBorderTest.Row::operation)
                .distinct()
                .toList();
    }

    private static Scene scene(String operation) {
        return operation.startsWith("IoSignals.") ? Scene.underPressure(Kernel.V2) : new Scene(Kernel.V2);
    }

    private static Hang hangAt(Scene scene, String operation) {
        var hang = Fault.hang();
        var where = Borders.hasPlace(operation) ? EveryBorderTest.Where.AT_SOME : EveryBorderTest.Where.EVERYWHERE;
        Borders.provoke(scene.plan, operation, where.calls());
        scene.plan.at(Borders.port(operation), Borders.method(operation), where.calls(), hang);
        return hang;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void nothingIsLostWhileItHangsAndAllIsMadeUpForOnceItGoesOn(String operation) throws Exception {
        try (var scene = scene(operation).settle()) {
            var hang = hangAt(scene, operation);
            var loop = CompletableFuture.runAsync(() -> scene.change().drive(RESYNCS));

            hang.awaitReached();
            assertThat(scene.ledger.violations()).isEmpty();
            assertThat(scene.ledger.missing()).isEmpty();
            scene.plan.end();
            loop.get(SECONDS, TimeUnit.SECONDS);
            scene.drive(RESYNCS);

            assertThat(scene.ledger.violations()).isEmpty();
            assertThat(scene.ledger.differences()).isEmpty();
        }
    }

    @Test
    void aGuardCanBeClosedWhateverHangs() throws Exception {
        var scenes = new ArrayList<Scene>();
        var closers = Executors.newCachedThreadPool();
        try {
            for (var operation : operations()) {
                var scene = scene(operation).settle();
                scenes.add(scene);
                var hang = hangAt(scene, operation);
                scene.change();
                scene.node.clock().advance(RESYNCS);
                if (operation.startsWith("CgroupWatch.")) {
                    scene.watch.start(task -> daemon(task));
                } else {
                    scene.guard.start();
                }
                hang.awaitReached();
            }
            var closing = new ArrayList<Future<?>>();
            for (var scene : scenes) {
                closing.add(closers.submit(() -> {
                    scene.guard.close();
                    scene.watch.close();
                    scene.tree.close();
                }));
            }
            for (var one : closing) {
                one.get(SECONDS, TimeUnit.SECONDS);
            }
            assertThat(scenes)
                    .allSatisfy(scene -> assertThat(scene.ledger.violations()).isEmpty());
        } finally {
            scenes.forEach(Scene::close);
            closers.shutdownNow();
        }
    }

    @Test
    void howLateTheLoopIsIsKnownWhileItHangs() {
        try (var scene = new Scene(Kernel.V2).settle()) {
            var hang = hangAt(scene, "CgroupDriver.apply(CgroupPath,DeviceId,IoLimit)");
            scene.change();
            scene.guard.start();
            hang.awaitReached();

            scene.node.clock().advance(Duration.ofMinutes(2));

            assertThat(scene.guard.status().late()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
            scene.plan.end();
        }
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "watch-at-fault");
        thread.setDaemon(true);
        return thread;
    }
}
