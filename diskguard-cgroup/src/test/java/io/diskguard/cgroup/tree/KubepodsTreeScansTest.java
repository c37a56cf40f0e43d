/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupFs;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KubepodsTreeScansTest {
    private final AtomicInteger scans = new AtomicInteger();

    private CgroupFs counting(CgroupFs fs) {
        return (CgroupFs) Proxy.newProxyInstance(
                CgroupFs.class.getClassLoader(), new Class<?>[] {CgroupFs.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("children") && arguments[0].equals(CgroupPath.ROOT)) {
                        scans.incrementAndGet();
                    }
                    return method.invoke(fs, arguments);
                });
    }

    private static Pod pod(String uid) {
        return new Pod(uid, "shop", uid, QosClass.BURSTABLE, Map.of(), Map.of(), List.of());
    }

    @Test
    void podsWithoutCgroupsCostNoScanEachAtEveryResync() {
        try (var node = SimulatedNode.v1();
                var tree = KubepodsTree.open(counting(node.cgroups()));
                var watch = tree.watch(List.of())) {
            assertThat(watch.polling()).isFalse();
            var ended = List.of(pod("a-1"), pod("b-2"), pod("c-3"));
            ended.forEach(tree::containersOf);
            scans.set(0);
            tree.refresh();
            ended.forEach(tree::containersOf);
            assertThat(scans).hasValue(1);
        }
    }

    @Test
    void howeverManyPodsHaveNoCgroupAChangeCostsOneScan() throws InterruptedException {
        try (var node = SimulatedNode.v1();
                var tree = KubepodsTree.open(counting(node.cgroups()));
                var watch = tree.watch(List.of())) {
            var ended = List.of(pod("a-1"), pod("b-2"), pod("c-3"));
            ended.forEach(tree::containersOf);
            node.cgroups().makeAll(new CgroupPath("/kubepods/podd-4/c1"));
            while (watch.turn(Duration.ZERO)) {
                // until none is left
            }
            scans.set(0);
            ended.forEach(tree::containersOf);
            assertThat(scans).hasValueLessThanOrEqualTo(1);
        }
    }
}
