/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.disks;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.cgroup.v2.IoMaxDriver;
import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Load;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.e2e.scenarios.machine.Machine.Volume;
import io.diskguard.e2e.scenarios.machine.Meter.Place;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.spi.CgroupDriver.ApplyResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Limited cgroups and the load in them; all ends, and its files go, when closed. */
final class Loads implements AutoCloseable {
    static final int PAGE = 4096;
    static final int LARGE = 64 << 10;

    private static final int BYTES = 8 << 20;

    private final Machine machine = Machine.here();
    private final Cgroups cgroups = Cgroups.open(machine);
    private final IoMaxDriver driver = new IoMaxDriver(cgroups.fs());
    private final List<Load> running = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();

    Machine machine() {
        return machine;
    }

    Cgroups cgroups() {
        return cgroups;
    }

    IoMaxDriver driver() {
        return driver;
    }

    /** The volumes in the machine's order, beginning with a later one. */
    List<Volume> volumes(int from) {
        var all = List.copyOf(machine.volumes().values());
        var turned = new ArrayList<>(all.subList(from % all.size(), all.size()));
        turned.addAll(all.subList(0, from % all.size()));
        return turned;
    }

    void limit(CgroupPath cgroup, DeviceId disk, IoLimit limit) {
        assertThat(driver.apply(cgroup, disk, limit)).isInstanceOf(ApplyResult.Applied.class);
    }

    /** A new cgroup with a limit on the volume's disk. */
    Place limited(Volume volume, IoLimit limit) {
        return limited(cgroups.newCgroup(), volume, limit);
    }

    Place limited(CgroupPath cgroup, Volume volume, IoLimit limit) {
        limit(cgroup, volume.disk(), limit);
        return new Place(cgroup, volume.disk());
    }

    void reads(CgroupPath cgroup, Volume volume, int block) {
        start(cgroup, volume, block, Load.Kind.READ);
    }

    void writes(CgroupPath cgroup, Volume volume, int block) {
        start(cgroup, volume, block, Load.Kind.WRITE);
    }

    private void start(CgroupPath cgroup, Volume volume, int block, Load.Kind kind) {
        run(cgroup, "sh", "-c", kind.loop(block, BYTES), "sh", laidOut(volume).toString());
    }

    Load run(CgroupPath cgroup, String... command) {
        var load = Load.run(cgroups, cgroup, command);
        running.add(load);
        return load;
    }

    /** A name that is free, for a file that goes with the loads. */
    Path file(Volume volume) {
        var file = volume.mount().resolve("disks-" + files.size());
        files.add(file);
        return file;
    }

    /** By this process, which nobody limits: what is measured does nothing but read and write in place. */
    private Path laidOut(Volume volume) {
        var file = file(volume);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(BYTES));
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    @Override
    public void close() {
        running.forEach(Load::close);
        driver.close();
        cgroups.close();
        for (var file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
