/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.tree;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupFs;

/** Walks a cgroup tree down to its pods. */
final class TreeScan {
    private static final int DEPTH_MAX = 12;

    private final CgroupFs fs;
    private final Visitor visitor;

    TreeScan(CgroupFs fs, Visitor visitor) {
        this.fs = fs;
        this.visitor = visitor;
    }

    /** Visits the cgroup and those below; pods are not descended into. */
    void run(CgroupPath from) {
        if (depth(from) > DEPTH_MAX) {
            return;
        }
        visitor.directory(from);
        for (var name : fs.children(from)) {
            var child = from.child(name);
            KubepodsPaths.podUid(child).ifPresentOrElse(uid -> visitor.pod(child, uid), () -> run(child));
        }
    }

    static int depth(CgroupPath cgroup) {
        return cgroup.isRoot()
                ? 0
                : (int) cgroup.value().chars().filter(c -> c == '/').count();
    }

    /** What is found. */
    interface Visitor {
        /** A cgroup that is not a pod's; called before its children are listed. */
        default void directory(CgroupPath cgroup) {}

        void pod(CgroupPath cgroup, String uid);
    }
}
