/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.confdir;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuard;
import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.device.DeviceResolver;
import io.diskguard.model.DeviceId;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.reconcile.Action;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reload.ConfigReloader;
import io.diskguard.reload.GuardTarget;
import io.diskguard.reload.Reload;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Ticker;
import io.diskguard.testkit.Pods;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A key that changes while a guard runs reaches the kernel, and a wrong one changes nothing. */
@Timeout(120)
class LiveChangeTest {
    @TempDir
    Path temporary;

    @Test
    void aFileThatChangesIsInTheKernelSoonAndAWrongOneIsNot() throws InterruptedException {
        var heard = new LinkedBlockingQueue<Reload>();
        var applied = new LinkedBlockingQueue<Rate>();
        var map = new Layout.ConfigMap(temporary.resolve("conf.d"));
        map.write(values("400"));
        try (var node = SimulatedNode.v2();
                var driver = node.driver();
                var source = new ConfDirSource(map.directory(), Layout.FAST, Thread::new)) {
            node.addDisk(SimulatedDisk.hardware("sda", new DeviceId(8, 0)));
            node.addPod(Pods.pod("web").container("app").build());
            var world = new Environment(node.environment().paths(), Clock.systemUTC(), Ticker.system(), Map.of());
            var initial = (ConfigResult.Valid) ConfigLoader.load(List.of(source));
            try (var guard = DiskGuard.builder()
                            .environment(world)
                            .config(initial.config())
                            .driver(driver)
                            .pods(node.pods())
                            .podCgroups(node.podCgroups())
                            .listener(writesInto(applied))
                            .build();
                    var reloader = ConfigReloader.of(
                            world,
                            List.of(source),
                            initial,
                            new GuardTarget(guard, new DeviceResolver(world.paths())),
                            List.of(heard::add))) {
                guard.start();
                reloader.start(Thread::new);
                assertThat(applied.poll(60, TimeUnit.SECONDS)).isEqualTo(Rate.perSecond(400));

                map.write(values("300"));
                assertThat(applied.poll(60, TimeUnit.SECONDS)).isEqualTo(Rate.perSecond(300));
                assertThat(heard.poll(60, TimeUnit.SECONDS)).satisfies(reload -> {
                    assertThat(reload.result()).isEqualTo(Reload.Result.APPLIED);
                    assertThat(reload.sources()).containsExactly(map.directory().toString());
                });

                map.write(values("many"));
                assertThat(heard.poll(60, TimeUnit.SECONDS)).satisfies(reload -> {
                    assertThat(reload.result()).isEqualTo(Reload.Result.REJECTED);
                    assertThat(reload.problems()).singleElement().satisfies(problem -> assertThat(problem.origin())
                            .endsWith("container_write_iops_limit"));
                });
                assertThat(guard.config().limits().defaults().wiops()).isEqualTo(Rate.perSecond(300));
            }
        }
    }

    private Map<String, String> values(String writes) {
        return Map.of(
                "data_devices",
                "sda",
                "container_write_iops_limit",
                writes,
                "state_dir",
                temporary.resolve("state").toString());
    }

    private static DiskGuardListener writesInto(LinkedBlockingQueue<Rate> applied) {
        return new DiskGuardListener() {
            @Override
            public void limitApplied(Action.Apply action) {
                applied.add(action.decision().limit().get(LimitKey.WIOPS));
            }
        };
    }
}
