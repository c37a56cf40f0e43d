/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.disks;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.e2e.scenarios.machine.Machine.Volume;
import io.diskguard.model.DeviceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A new file system on a disk that nothing else uses, mounted until it is closed. */
final class Scratch implements AutoCloseable {
    private final Volume volume;

    Scratch(DeviceId disk, String mkfs) throws IOException {
        var node = Path.of("/dev", Machine.name(disk));
        var mount = Files.createTempDirectory("scratch");
        volume = new Volume("scratch", mount, node, disk);
        run("sh", "-c", mkfs + " \"$0\" > /dev/null", node.toString());
        run("mount", node.toString(), mount.toString());
    }

    Volume volume() {
        return volume;
    }

    @Override
    public void close() {
        run("umount", volume.mount().toString());
    }

    private static void run(String... command) {
        try {
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .as(String.join(" ", command))
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
