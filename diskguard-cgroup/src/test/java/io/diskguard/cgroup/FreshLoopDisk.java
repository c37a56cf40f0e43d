/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import static org.junit.jupiter.api.Assumptions.abort;

import io.diskguard.model.DeviceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A loop disk of 16 MiB that the kernel makes new and that is removed when closed: what a rule did to one that stays
 * would be seen by the next to use it.
 */
record FreshLoopDisk(String node, int index) implements AutoCloseable {
    private static final int ADD = 0x4c80;
    private static final int REMOVE = 0x4c81;
    private static final int FIRST = 200;
    private static final int LAST = 300;
    private static final int MAJOR = 7;

    static FreshLoopDisk attach(Path image) {
        for (var index = FIRST; index <= LAST; index++) {
            // One that is there already may have a past
            if (!Files.exists(Path.of("/dev/loop" + index))) {
                return attach(image, new FreshLoopDisk("/dev/loop" + index, index));
            }
        }
        return abort("no unused loop device number");
    }

    private static FreshLoopDisk attach(Path image, FreshLoopDisk disk) {
        try {
            Files.write(image, new byte[0]);
            try (var channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(1), (16 << 20) - 1);
            }
            control(ADD, disk.index);
        } catch (IOException e) {
            return abort("no loop device to be had: " + e.getMessage());
        }
        try {
            RealBlkio.run("losetup", disk.node, image.toString());
            return disk;
        } catch (IOException e) {
            disk.remove();
            return abort("no loop device to be had: " + e.getMessage());
        }
    }

    DeviceId number() {
        return new DeviceId(MAJOR, index);
    }

    void schedule(String scheduler) throws IOException {
        Files.writeString(Path.of("/sys/block/loop" + index + "/queue/scheduler"), scheduler);
    }

    /** Writes directly, from a process in the cgroup. */
    void write(String cgroup, int blockSize, int blocks) throws IOException {
        RealBlkio.run(
                "sh",
                "-c",
                "echo $$ > \"$1/cgroup.procs\" && exec dd if=/dev/zero of=\"$2\" bs=\"$3\" count=\"$4\" oflag=direct",
                "sh",
                cgroup,
                node,
                Integer.toString(blockSize),
                Integer.toString(blocks));
    }

    @Override
    public void close() {
        try {
            RealBlkio.run("losetup", "--detach", node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            remove();
        }
    }

    private void remove() {
        try {
            control(REMOVE, index);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An ioctl of {@code linux/loop.h}, which neither Java nor losetup has; perl is on every Debian. It is tried again
     * for 5 s while the device is busy: udev may be looking at it.
     */
    private static void control(int request, int index) throws IOException {
        RealBlkio.run("perl", "-e", """
                use Errno;
                open(my $control, '+<', '/dev/loop-control') or die $!;
                for (1 .. 100) {
                    exit 0 if defined ioctl($control, %d, %d);
                    die $! unless $!{EBUSY};
                    select(undef, undef, undef, 0.05);
                }
                die $!;
                """.formatted(request, index));
    }
}
