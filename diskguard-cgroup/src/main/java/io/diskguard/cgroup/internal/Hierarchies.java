/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.internal;

import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.cgroup.HostCgroupFs;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Support;
import java.nio.file.Path;

/** The hierarchy that a factory was made for, or why it is not to be had. */
public final class Hierarchies {

    private Hierarchies() {}

    public static CgroupFs v1(Environment environment) {
        if (CgroupLayout.of(environment.paths()) instanceof CgroupLayout.V1 v1) {
            return new HostCgroupFs(v1.mount());
        }
        throw new IllegalStateException("cgroup v1 blkio is not mounted (any more); probe first");
    }

    public static CgroupFs v2(Environment environment) {
        if (CgroupLayout.of(environment.paths()) instanceof CgroupLayout.V2 v2) {
            return new HostCgroupFs(v2.mount());
        }
        throw new IllegalStateException("cgroup v2 with the io controller is not mounted (any more); probe first");
    }

    /** Why v1 blkio cannot be used on a host laid out so. */
    public static Support noV1(CgroupLayout layout) {
        return Support.unsupported(
                layout instanceof CgroupLayout.None none
                        ? none.reason()
                        : "cgroup v1 blkio is not mounted: this host has the io controller in cgroup v2");
    }

    /** Why v2 io cannot be used on a host laid out so. */
    public static Support noV2(CgroupLayout layout) {
        return Support.unsupported(
                layout instanceof CgroupLayout.None none
                        ? none.reason()
                        : "cgroup v2 has no io controller: this host has it in cgroup v1 (blkio)");
    }

    public static Support readOnly(Path mount) {
        return Support.unsupported(mount + " is mounted read-only");
    }
}
