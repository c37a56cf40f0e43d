/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.tree;

import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.cgroup.HostCgroupFs;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.Support;
import java.util.Set;

/** Makes the resolver that serves where no runtime answers, {@code cgroup-tree-scan}. */
public final class TreeScanResolverFactory implements RuntimeResolver.Factory {

    /** For the service loader. */
    public TreeScanResolverFactory() {}

    @Override
    public String name() {
        return "cgroup-tree-scan";
    }

    @Override
    public int priority() {
        return Provider.FALLBACK;
    }

    @Override
    public Set<String> schemes() {
        return Set.of();
    }

    @Override
    public Support probe(Environment environment) {
        return CgroupLayout.of(environment.paths()) instanceof CgroupLayout.None none
                ? Support.unsupported(none.reason())
                : Support.supported();
    }

    @Override
    public RuntimeResolver create(Environment environment) {
        var layout = CgroupLayout.of(environment.paths());
        if (layout instanceof CgroupLayout.V1 v1) {
            return new TreeScanResolver(new HostCgroupFs(v1.mount()));
        }
        if (layout instanceof CgroupLayout.V2 v2) {
            return new TreeScanResolver(new HostCgroupFs(v2.mount()));
        }
        throw new IllegalStateException("no IO controller is mounted (any more); probe first");
    }
}
