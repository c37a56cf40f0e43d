/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/** A host with the block devices and mounts that a test gives it, laid out as procfs and sysfs do. */
final class Machine {
    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());

    HostPaths paths() {
        return HostPaths.in(files);
    }

    DeviceResolver resolver() {
        return new DeviceResolver(paths());
    }

    /** A disk of hardware, of 10 GiB. */
    Machine disk(String name, String number) {
        return device(name, number, "/sys/devices/pci0000:00/block/" + name.replace('/', '!'), "20971520");
    }

    /** A device without hardware, of 10 GiB, made of the others given. */
    Machine virtual(String name, String number, String... slaves) {
        device(name, number, "/sys/devices/virtual/block/" + name, "20971520");
        for (var slave : slaves) {
            link(
                    home(name).resolve("slaves").resolve(slave).toString(),
                    home(slave).toString());
            link(
                    home(slave).resolve("holders").resolve(name).toString(),
                    home(name).toString());
        }
        return this;
    }

    /** A device of the device mapper, with its name in {@code /dev/mapper}. */
    Machine mapper(String name, String number, String called, String uuid, String... slaves) {
        return virtual(name, number, slaves)
                .attribute(name, "dm/name", called)
                .attribute(name, "dm/uuid", uuid)
                .link("/dev/mapper/" + called, "../" + name);
    }

    Machine partition(String disk, String name, String number) {
        var home = home(disk).resolve(name);
        return file(home + "/dev", number)
                .file(home + "/partition", "1")
                .link("/sys/dev/block/" + number, home.toString())
                .link("/sys/class/block/" + name, home.toString())
                .file("/dev/" + name, "");
    }

    /** An NVMe head of native multipath with its hidden paths, which have no number. */
    Machine nvmeHead(String name, String number, String... hidden) {
        var subsystem = "/sys/devices/virtual/nvme-subsystem/nvme-subsys0/";
        device(name, number, subsystem + name, "20971520");
        for (var path : hidden) {
            var home = "/sys/devices/pci0000:00/nvme/" + path;
            file(home + "/hidden", "1").file(home + "/size", "20971520").link("/sys/block/" + path, home);
            link("/sys/class/block/" + path, home);
        }
        return this;
    }

    Machine attribute(String device, String file, String text) {
        return file(home(device).resolve(file).toString(), text);
    }

    /** The mount table of a process; 1 has the host's. */
    Machine mounts(int process, Mounts mounts) {
        return file("/proc/" + process + "/mountinfo", mounts.toString());
    }

    Machine hostMounts(Mounts mounts) {
        return mounts(1, mounts);
    }

    /** A directory as a process sees it; 1 sees the host's. */
    Machine directory(int process, String path) {
        try {
            Files.createDirectories(files.getPath("/proc/" + process + "/root" + path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Machine file(String path, String text) {
        try {
            Files.createDirectories(files.getPath(path).getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return overwrite(path, (text.isEmpty() ? "" : text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    Machine overwrite(String path, byte[] content) {
        try {
            Files.write(files.getPath(path), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Machine link(String path, String target) {
        try {
            var link = files.getPath(path);
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, files.getPath(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Machine remove(String path) {
        try {
            Files.delete(files.getPath(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Machine device(String name, String number, String home, String sectors) {
        return file(home + "/dev", number)
                .file(home + "/size", sectors)
                .link("/sys/dev/block/" + number, home)
                .link("/sys/class/block/" + name.replace('/', '!'), home)
                .link("/sys/block/" + name.replace('/', '!'), home)
                .file("/dev/" + name, "");
    }

    private Path home(String device) {
        try {
            return files.getPath("/sys/class/block", device).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("no device " + device, e);
        }
    }
}
