/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupFs;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** Visits every cgroup of a hierarchy but the root, parents first. */
final class CgroupWalk {
    private CgroupWalk() {}

    static void visit(CgroupFs hierarchy, Consumer<CgroupPath> visitor) {
        var open = new ArrayDeque<CgroupPath>();
        open.add(CgroupPath.ROOT);
        while (!open.isEmpty()) {
            var cgroup = open.remove();
            for (var name : hierarchy.children(cgroup)) {
                var child = cgroup.child(name);
                visitor.accept(child);
                open.add(child);
            }
        }
    }
}
