/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.escape;

import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.device.ContainerFileSystems;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.LimitKey;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.Environment;
import io.diskguard.spi.LimitEscapes;
import io.diskguard.spi.ReadBuffer;
import io.diskguard.spi.RuntimeResolver.Resolution;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sees them in the cgroups and the mounts of containers; needs no capability. Thread-safe. */
public final class HostLimitEscapes implements LimitEscapes {
    private static final Set<LimitKey> ALL = Set.of(LimitKey.values());
    private static final int DEEPEST = 4;

    private final CgroupDriver driver;
    private final boolean v1;
    private final boolean uncharged;
    private final DirtyPages dirty;
    private final Supplier<ContainerFileSystems> looking;
    private final boolean keeps;
    private Optional<ContainerFileSystems> seen = Optional.empty();

    private HostLimitEscapes(
            CgroupDriver driver,
            boolean v1,
            boolean uncharged,
            DirtyPages dirty,
            Supplier<ContainerFileSystems> looking,
            boolean keeps) {
        this.driver = driver;
        this.v1 = v1;
        this.uncharged = uncharged;
        this.dirty = dirty;
        this.looking = looking;
        this.keeps = keeps;
    }

    /**
     * On this host.
     *
     * @param runtime asked for what cannot be seen of a container's processes, by its id
     */
    public static HostLimitEscapes of(
            Environment environment, CgroupDriver driver, Function<ContainerId, Resolution> runtime) {
        var paths = environment.paths();
        var layout = CgroupLayout.of(paths);
        return new HostLimitEscapes(
                driver,
                layout instanceof CgroupLayout.V1,
                // io brings memory with it where both are on one hierarchy, even if a cgroup shows no figures of it
                // (depends_on of io_cgrp_subsys in block/blk-cgroup.c)
                layout instanceof CgroupLayout.V2 v2
                        && !CgroupLayout.memory(paths).equals(Optional.of(v2.mount())),
                DirtyPages.of(paths, driver.hierarchy()),
                ContainerFileSystems.looking(paths, driver.hierarchy(), runtime),
                false);
    }

    /** The host's mounts are read when the first container needs them. */
    @Override
    public LimitEscapes look() {
        return new HostLimitEscapes(driver, v1, uncharged, dirty, looking, true);
    }

    @Override
    public List<Escape> of(Asked asked) {
        var read = driver.read(asked.cgroup());
        var found = new ArrayList<Escape>();
        if (read instanceof ReadResult.ControllerOff off) {
            asked.limits()
                    .keySet()
                    .forEach(disk -> found.add(new Escape(
                            Cause.NO_THROTTLING, Optional.of(disk), ALL, off.detail() + ": " + why(asked.cgroup()))));
        } else if (read instanceof ReadResult.Found) {
            buffered(asked, found);
            below(asked, found);
        }
        if (!asked.volumes().isEmpty()) {
            diskless(asked, found);
        }
        return found;
    }

    private String why(CgroupPath cgroup) {
        return v1 || controllers(cgroup).filter(on -> on.contains("io")).isPresent()
                ? "the kernel is without CONFIG_BLK_DEV_THROTTLING"
                : "the io controller is not on for this cgroup";
    }

    private Optional<List<String>> controllers(CgroupPath cgroup) {
        var buffer = new ReadBuffer();
        return driver.hierarchy().read(cgroup, "cgroup.controllers", buffer).isOk()
                ? Optional.of(List.of(buffer.text().strip().split("\\s+")))
                : Optional.empty();
    }

    private void buffered(Asked asked, List<Escape> found) {
        var concerned = EnumSet.noneOf(LimitKey.class);
        asked.limits().values().forEach(limit -> BufferedWrites.NUMBERS.stream()
                .filter(key -> !limit.get(key).isUnlimited())
                .forEach(concerned::add));
        if (concerned.isEmpty()) {
            return;
        }
        var bytes = dirty.of(asked.cgroup());
        if (bytes.isPresent() ? bytes.getAsLong() < BufferedWrites.LEAST : !uncharged) {
            return;
        }
        fileSystems()
                .of(asked.pod(), asked.container(), asked.cgroup())
                .map(all -> new BufferedWrites(all, bytes))
                .ifPresent(writes -> asked.limits()
                        .keySet()
                        .forEach(
                                disk -> (v1 ? writes.onV1(disk) : writes.onV2(disk, uncharged)).ifPresent(found::add)));
    }

    private void below(Asked asked, List<Escape> found) {
        if (v1) {
            busy(driver.hierarchy(), asked.cgroup(), DEEPEST).ifPresent(cgroup -> asked.limits()
                    .keySet()
                    .forEach(disk -> found.add(new Escape(
                            Cause.CHILD_CGROUPS,
                            Optional.of(disk),
                            ALL,
                            "it has processes in " + cgroup + ", and on cgroup v1 a limit does not bind the cgroups"
                                    + " below its own"))));
        }
    }

    /** One below it that has a process. */
    private static Optional<CgroupPath> busy(CgroupFs fs, CgroupPath cgroup, int depth) {
        var buffer = new ReadBuffer();
        for (var name : depth == 0 ? List.<String>of() : fs.children(cgroup)) {
            var child = cgroup.child(name);
            if (fs.read(child, "cgroup.procs", buffer).isOk() && buffer.length() > 0) {
                return Optional.of(child);
            }
            var deeper = busy(fs, child, depth - 1);
            if (deeper.isPresent()) {
                return deeper;
            }
        }
        return Optional.empty();
    }

    private void diskless(Asked asked, List<Escape> found) {
        var all = fileSystems().of(asked.pod(), asked.container(), asked.cgroup());
        for (var mounted : all.orElse(List.of())) {
            mounted.volumes().stream()
                    .filter(asked.volumes()::contains)
                    .sorted()
                    .forEach(volume -> mounted.whyNoDisk()
                            .ifPresent(why -> found.add(new Escape(
                                    Cause.NETWORK_FILE_SYSTEM,
                                    Optional.empty(),
                                    ALL,
                                    "the limit of volume " + volume + " has no effect: " + why))));
        }
    }

    private ContainerFileSystems fileSystems() {
        synchronized (looking) {
            var here = seen.orElseGet(looking);
            seen = keeps ? Optional.of(here) : seen;
            return here;
        }
    }
}
