/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.tree;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.RuntimeResolver;
import java.util.Optional;

/**
 * Finds a container by its id anywhere in the cgroup tree, without a runtime: it knows neither names nor images, and a
 * sandbox looks to it like any container. Thread-safe.
 */
public final class TreeScanResolver implements RuntimeResolver {
    private static final int DEPTH_MAX = 12;

    private final CgroupFs fs;

    /** Searches the hierarchy given. */
    public TreeScanResolver(CgroupFs fs) {
        this.fs = fs;
    }

    @Override
    public Resolution resolve(ContainerId id) {
        if (!fs.exists(CgroupPath.ROOT)) {
            return new Resolution.Unknown(fs.mountPoint() + " is not there");
        }
        return search(CgroupPath.ROOT, id.id(), 0)
                .<Resolution>map(cgroup ->
                        new Resolution.Found(cgroup, Optional.empty(), Optional.empty(), Optional.empty(), false))
                .orElseGet(Resolution.Gone::new);
    }

    private Optional<CgroupPath> search(CgroupPath in, String id, int depth) {
        var names = fs.children(in);
        for (var name : names) {
            if (KubepodsPaths.containerId(name).filter(id::equals).isPresent()) {
                return Optional.of(in.child(name));
            }
        }
        if (depth < DEPTH_MAX) {
            for (var name : names) {
                var found = search(in.child(name), id, depth + 1);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {}
}
