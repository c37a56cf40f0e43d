/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v2;

import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.cgroup.HostCgroupFs;
import io.diskguard.cgroup.internal.Hierarchies;
import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.ReadBuffer;
import io.diskguard.spi.Support;
import java.nio.file.Files;
import java.util.List;

/** Makes the driver for cgroup v2, {@code cgroup-v2-io-max}. */
public final class IoMaxDriverFactory implements CgroupDriver.Factory {

    /** For the service loader. */
    public IoMaxDriverFactory() {}

    @Override
    public String name() {
        return "cgroup-v2-io-max";
    }

    @Override
    public int priority() {
        return Provider.BUILT_IN;
    }

    /** The root has no {@code io.max}, so its children are looked at; where there is none yet, nothing speaks against. */
    @Override
    public Support probe(Environment environment) {
        var layout = CgroupLayout.of(environment.paths());
        if (!(layout instanceof CgroupLayout.V2 v2)) {
            return Hierarchies.noV2(layout);
        }
        if (v2.readOnly()) {
            return Hierarchies.readOnly(v2.mount());
        }
        var fs = new HostCgroupFs(v2.mount());
        var children = fs.children(CgroupPath.ROOT);
        var throttled = children.stream()
                .map(name -> v2.mount().resolve(name).resolve(IoMaxDriver.FILE))
                .filter(Files::exists)
                .findFirst();
        if (throttled.isPresent()) {
            return Files.isWritable(throttled.get())
                    ? Support.supported()
                    : Support.unsupported(
                            throttled.get() + " is not writable: run as root, with the host's cgroup mounted");
        }
        if (children.isEmpty()) {
            return Support.supported();
        }
        return Support.unsupported("no child cgroup of " + v2.mount() + " has io.max: "
                + (isSwitchedOn(fs)
                        ? "kernel without CONFIG_BLK_DEV_THROTTLING"
                        : "the controller io is not in its cgroup.subtree_control"));
    }

    private static boolean isSwitchedOn(HostCgroupFs fs) {
        var buffer = new ReadBuffer();
        return fs.read(CgroupPath.ROOT, "cgroup.subtree_control", buffer).isOk()
                && List.of(buffer.text().trim().split("\\s+")).contains("io");
    }

    @Override
    public CgroupDriver create(Environment environment) {
        return new IoMaxDriver(Hierarchies.v2(environment));
    }
}
