/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.CgroupFs;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a limit could be written: opens a limit file for writing, and writes nothing. */
final class LimitFileCheck implements Check {
    private static final List<String> FILES = List.of("io.max", "blkio.throttle.read_bps_device");
    private static final int CGROUPS_MAX = 10_000;

    @Override
    public String id() {
        return "limit-files";
    }

    @Override
    public String name() {
        return "limit files";
    }

    @Override
    public Set<String> needs() {
        return Set.of(MountsCheck.ID, DriverCheck.ID);
    }

    @Override
    public List<Finding> look(Subject node) {
        var driver = node.driver();
        if (driver.isEmpty()) {
            return List.of(Finding.wrong(this, "nothing", "there is no cgroup driver", "see the cgroup driver"));
        }
        try (var open = driver.get()) {
            var fs = open.hierarchy();
            var file = find(fs);
            if (file.isEmpty()) {
                return List.of(Finding.wrong(
                        this,
                        "looked for " + String.join(" or ", FILES) + " in the cgroups below " + fs.mountPoint(),
                        "no cgroup has one",
                        "on v2 the kubelet switches the io controller on for kubepods: write +io into"
                                + " cgroup.subtree_control where nobody does"));
            }
            return List.of(open(node, file.get()), marks(fs));
        }
    }

    private Finding open(Subject node, String file) {
        var tried = "opened " + file + " for writing, and wrote nothing";
        var path = node.environment().paths().sys().getFileSystem().getPath(file);
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            return channel.isOpen()
                    ? Finding.ok(this, tried, "it can be written")
                    : Finding.wrong(this, tried, "it did not stay open", "try again");
        } catch (IOException | UnsupportedOperationException e) {
            return Finding.wrong(
                    this, tried, "refused: " + e, "run as root, with the host's cgroup file system mounted read-write");
        }
    }

    private Finding marks(CgroupFs fs) {
        var tried = "read the extended attribute user.diskguard of the cgroup " + fs.mountPoint();
        return fs.attribute(CgroupPath.ROOT, "diskguard") instanceof AttributeResult.Failed failed
                ? Finding.note(
                        this,
                        tried,
                        failed.detail(),
                        "nothing: which limits are DiskGuard's is kept in a journal in state_dir instead, which has to"
                                + " survive restarts")
                : Finding.ok(this, tried, "cgroups can be marked");
    }

    /** The first cgroup's that has one: on v2 the root has none. */
    private static Optional<String> find(CgroupFs fs) {
        var waiting = new ArrayDeque<CgroupPath>(List.of(CgroupPath.ROOT));
        for (var seen = 0; seen < CGROUPS_MAX && !waiting.isEmpty(); seen++) {
            var cgroup = waiting.remove();
            for (var file : FILES) {
                if (fs.exists(cgroup, file)) {
                    return Optional.of(fs.mountPoint() + (cgroup.isRoot() ? "" : cgroup.value()) + "/" + file);
                }
            }
            fs.children(cgroup).forEach(child -> waiting.add(cgroup.child(child)));
        }
        return Optional.empty();
    }
}
