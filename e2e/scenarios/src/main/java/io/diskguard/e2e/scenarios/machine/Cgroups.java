/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.machine;

import io.diskguard.cgroup.HostCgroupFs;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.CgroupFs;
import io.diskguard.testkit.CgroupFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A part of this machine's cgroup v2 hierarchy for one test: made when opened, removed with all below it when closed. */
public final class Cgroups implements CgroupFixture {
    private static final AtomicInteger OPENED = new AtomicInteger();
    private static final DeviceId UNKNOWN = new DeviceId(4000, 1);
    private static final String CONTROLLERS = "+io +memory";

    private final Machine machine;
    private final Path mount = Machine.hierarchy();
    private final HostCgroupFs fs = new HostCgroupFs(mount);
    private final CgroupPath parent;
    private final AtomicInteger made = new AtomicInteger();

    private Cgroups(Machine machine, CgroupPath parent) {
        this.machine = machine;
        this.parent = parent;
        if (!parent.isRoot()) {
            write(CgroupPath.ROOT, "cgroup.subtree_control", CONTROLLERS);
            make(parent);
        }
    }

    public static Cgroups open(Machine machine) {
        return new Cgroups(
                machine,
                CgroupPath.ROOT.child("scenario-" + ProcessHandle.current().pid() + "-" + OPENED.incrementAndGet()));
    }

    /** The hierarchy's part of that name: {@code kubepods}. */
    public static Cgroups open(Machine machine, String name) {
        return new Cgroups(machine, CgroupPath.ROOT.child(name));
    }

    /** All of it, as others have it: nothing is made, and nothing removed. */
    public static Cgroups all(Machine machine) {
        return new Cgroups(machine, CgroupPath.ROOT);
    }

    @Override
    public CgroupFs fs() {
        return fs;
    }

    @Override
    public CgroupPath parent() {
        return parent;
    }

    @Override
    public CgroupPath newChild(CgroupPath parent) {
        var child = parent.child("c" + made.incrementAndGet());
        make(child);
        return child;
    }

    @Override
    public void make(CgroupPath cgroup) {
        try {
            cgroup.parent()
                    .filter(above -> !above.isRoot())
                    .ifPresent(above -> write(above, "cgroup.subtree_control", CONTROLLERS));
            Files.createDirectory(directory(cgroup));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove(CgroupPath cgroup) {
        // a process that was killed may hold its cgroup a moment longer
        if (!isRemoved(cgroup)) {
            Awaitility.await("removal of " + cgroup)
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> isRemoved(cgroup));
        }
    }

    private boolean isRemoved(CgroupPath cgroup) {
        try {
            return Files.deleteIfExists(directory(cgroup)) || !fs.exists(cgroup);
        } catch (IOException e) {
            return false;
        }
    }

    /** Its directory. */
    public Path directory(CgroupPath cgroup) {
        return mount.resolve(cgroup.value().substring(1));
    }

    /** Writes a line into a control file, as a shell would. */
    public void write(CgroupPath cgroup, String file, String line) {
        try {
            Files.writeString(directory(cgroup).resolve(file), line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a control file says, without the last line's end. */
    public String read(CgroupPath cgroup, String file) {
        try {
            return Files.readString(directory(cgroup).resolve(file)).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public DeviceId disk() {
        return machine.spare("disk");
    }

    @Override
    public DeviceId otherDisk() {
        return machine.spare("other");
    }

    @Override
    public Optional<DeviceId> partition() {
        return Optional.of(machine.spare("partition"));
    }

    @Override
    public DeviceId unknownDevice() {
        return UNKNOWN;
    }

    @Override
    public void close() {
        if (!parent.isRoot()) {
            removeAll(parent);
        }
    }

    private void removeAll(CgroupPath cgroup) {
        fs.children(cgroup).stream().sorted(Comparator.reverseOrder()).forEach(name -> removeAll(cgroup.child(name)));
        remove(cgroup);
    }
}
