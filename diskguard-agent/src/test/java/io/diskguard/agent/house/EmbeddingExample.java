/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import io.diskguard.DiskGuard;
import io.diskguard.cgroup.tree.KubepodsTree;
import io.diskguard.config.GuardConfig;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.PodSource;
import java.util.List;

/** The README's code, to be compiled. */
abstract class EmbeddingExample {
    abstract void runUntilStopped(DiskGuard guard);

    void embed(GuardConfig config, CgroupDriver driver, PodSource pods, DiskGuardListener listener) {
        try (var tree = KubepodsTree.open(driver.hierarchy());
                var watch = tree.watch(List.of());
                var guard = DiskGuard.builder()
                        .environment(Environment.system())
                        .config(config)
                        .driver(driver)
                        .pods(pods)
                        .podCgroups(tree)
                        .listener(listener)
                        .build()) {
            watch.start(Thread::new);
            guard.start();
            runUntilStopped(guard);
        }
    }
}
