/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.cgroup.tree.KubepodsPaths;
import io.diskguard.cgroup.tree.KubepodsTree;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.spi.PodCgroups;
import io.diskguard.testkit.CgroupFixture;
import io.diskguard.testkit.PodCgroupsFixture;
import java.util.List;

/** The tree of a hierarchy in which this makes cgroups where the kubelet's one or other driver would, below the fixture's parent. */
final class TreeFixture implements PodCgroupsFixture {
    private final CgroupFixture cgroups;
    private final KubepodsTree tree;
    private final boolean systemd;
    private final boolean watched;

    /** @param watched whether a thread takes what the kernel tells of the tree */
    TreeFixture(CgroupFixture cgroups, boolean systemd, boolean watched) {
        this.cgroups = cgroups;
        this.systemd = systemd;
        this.watched = watched;
        this.tree = KubepodsTree.open(cgroups.fs());
        if (watched) {
            tree.watch(List.of(cgroups.parent())).start(Thread::new);
        }
    }

    @Override
    public PodCgroups podCgroups() {
        return tree;
    }

    @Override
    public CgroupPath start(Pod pod, ContainerId container) {
        var path = path(pod, container);
        make(path);
        return path;
    }

    private void make(CgroupPath path) {
        if (!cgroups.fs().exists(path)) {
            path.parent().ifPresent(this::make);
            cgroups.make(path);
        }
    }

    @Override
    public void stop(Pod pod, ContainerId container) {
        cgroups.remove(path(pod, container));
    }

    private CgroupPath path(Pod pod, ContainerId container) {
        var candidates = KubepodsPaths.candidates(cgroups.parent(), pod, container);
        return candidates.get(systemd ? candidates.size() - 1 : 0);
    }

    @Override
    public boolean tells() {
        return watched;
    }

    @Override
    public void close() {
        tree.close();
        cgroups.close();
    }
}
