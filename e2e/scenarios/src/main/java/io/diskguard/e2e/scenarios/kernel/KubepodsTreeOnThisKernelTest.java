/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import io.diskguard.cgroup.tree.KubepodsTree;
import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.spi.PodCgroups;
import io.diskguard.testkit.PodCgroupsFixture;
import io.diskguard.testkit.PodCgroupsTck;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** Pods in the kernel's tree, as both of the kubelet's drivers lay it out, and what inotify tells of it. */
public final class KubepodsTreeOnThisKernelTest {
    public KubepodsTreeOnThisKernelTest() {}

    /** {@code kubepods/burstable/pod…}. */
    @Nested
    public final class OfTheCgroupfsDriver extends PodCgroupsTck {
        public OfTheCgroupfsDriver() {}

        @Override
        protected PodCgroupsFixture openFixture() {
            return new Tree(Kubelet.Layout.CGROUPFS);
        }
    }

    /** {@code kubepods.slice/kubepods-burstable.slice/…}. */
    @Nested
    public final class OfTheSystemdDriver extends PodCgroupsTck {
        public OfTheSystemdDriver() {}

        @Override
        protected PodCgroupsFixture openFixture() {
            return new Tree(Kubelet.Layout.SYSTEMD);
        }
    }

    private static final class Tree implements PodCgroupsFixture {
        private final Cgroups cgroups = Cgroups.open(Machine.here());
        private final Kubelet kubelet;
        private final KubepodsTree tree = KubepodsTree.open(cgroups.fs());

        Tree(Kubelet.Layout layout) {
            kubelet = new Kubelet(cgroups, layout);
            tree.watch(List.of(cgroups.parent())).start(Thread::new);
        }

        @Override
        public PodCgroups podCgroups() {
            return tree;
        }

        @Override
        public CgroupPath start(Pod pod, ContainerId container) {
            return kubelet.start(pod, container);
        }

        @Override
        public void stop(Pod pod, ContainerId container) {
            kubelet.stop(pod, container);
        }

        @Override
        public boolean tells() {
            return true;
        }

        @Override
        public void close() {
            tree.close();
            cgroups.close();
        }
    }
}
