/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.guard;

import io.diskguard.DiskGuard;
import io.diskguard.DiskGuardBuilder;
import io.diskguard.cgroup.tree.KubepodsTree;
import io.diskguard.cgroup.tree.TreeScanResolver;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.ContainerId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupDriver;

/** What the tests of the whole engine on a simulated node have in common. */
final class Guards {
    private Guards() {}

    /** A guard of the node's pods, with the real cgroup tree and tree scan. */
    static DiskGuardBuilder on(
            SimulatedNode node, CgroupDriver driver, GuardConfig config, DiskGuardListener listener) {
        return DiskGuard.builder()
                .environment(node.environment())
                .config(config)
                .driver(driver)
                .pods(node.pods())
                .podCgroups(KubepodsTree.open(node.cgroups()))
                .runtime(new TreeScanResolver(node.cgroups()))
                .listener(listener);
    }

    static IoLimit writes(long value) {
        return IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(value));
    }

    /** An id of 64 characters made of the container's name. */
    static ContainerId id(String container) {
        return new ContainerId("containerd", container.repeat(64).substring(0, 64));
    }
}
