/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.tree;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.simulator.SimulatedCgroupFs;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.testkit.RuntimeFixture;
import io.diskguard.testkit.RuntimeResolverTck;
import java.util.Optional;

class TreeScanResolverTest extends RuntimeResolverTck {
    private static final CgroupPath POD = new CgroupPath("/kubepods.slice/kubepods-pod0f3c.slice");

    @Override
    protected RuntimeFixture openFixture() {
        return new InTree();
    }

    private static final class InTree implements RuntimeFixture {
        private final SimulatedCgroupFs fs = SimulatedCgroupFs.v2();
        private final RuntimeResolver resolver = new TreeScanResolver(fs);
        private int started;

        @Override
        public RuntimeResolver resolver() {
            return resolver;
        }

        @Override
        public ContainerId start() {
            var id = new ContainerId("containerd", "%064x".formatted(++started));
            fs.makeAll(cgroupOf(id));
            return id;
        }

        @Override
        public CgroupPath cgroupOf(ContainerId running) {
            return POD.child("cri-containerd-" + running.id() + ".scope");
        }

        /** What the tree shows of a sandbox is what it shows of any container. */
        @Override
        public Optional<ContainerId> sandbox() {
            return Optional.empty();
        }

        @Override
        public void remove(ContainerId container) {
            fs.rmdir(cgroupOf(container));
        }

        @Override
        public void close() {
            resolver.close();
        }
    }
}
