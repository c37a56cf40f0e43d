/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.model.DeviceId;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/** Hosts that a provider may find itself on, in the files of a simulated node. */
final class Hosts {
    private static final DeviceId DISK = new DeviceId(8, 0);

    private Hosts() {}

    /** Neither procfs nor sysfs nor devices. */
    static Environment empty(SimulatedNode node) {
        return at(node, root(node).resolve("empty"));
    }

    /** Everything is there and nothing is what it should be. */
    static Environment broken(SimulatedNode node) {
        var at = root(node).resolve("broken");
        try {
            for (var process : new String[] {"self", "1"}) {
                var proc = Files.createDirectories(at.resolve("proc").resolve(process));
                Files.write(proc.resolve("mountinfo"), new byte[] {(byte) 0xff, 0, '-', ' ', '\n', (byte) 0xc3});
                Files.writeString(proc.resolve("cgroup"), "no colon in here\n::\n\n");
                Files.writeString(proc.resolve("root"), "a file");
            }
            Files.writeString(at.resolve("sys"), "a file where a directory should be");
            Files.createSymbolicLink(at.resolve("dev"), at.resolve("dev"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return at(node, at);
    }

    /** Disks and mounts. */
    static Environment full(SimulatedNode node) {
        node.addDisk(SimulatedDisk.hardware("sda", DISK).withPartition("sda1", new DeviceId(8, 1)));
        node.mount(SimulatedMount.of("/data", new DeviceId(8, 1), "ext4", "/dev/sda1"));
        node.addPod(Pods.pod("web").container("app").container("side").build());
        return node.environment();
    }

    /** Every file of the host with what is in it, to compare. */
    static Map<String, String> files(SimulatedNode node) {
        var all = new TreeMap<String, String>();
        try {
            Files.walkFileTree(root(node), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    all.put(directory.toString(), "directory");
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    all.put(
                            file.toString(),
                            Files.isSymbolicLink(file)
                                    ? "-> " + Files.readSymbolicLink(file)
                                    : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                                            + Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static Path root(SimulatedNode node) {
        return node.environment().paths().proc().getFileSystem().getPath("/");
    }

    private static Environment at(SimulatedNode node, Path root) {
        var usual = node.environment();
        return new Environment(
                new HostPaths(root.resolve("proc"), root.resolve("sys"), root.resolve("dev")),
                usual.clock(),
                usual.ticker(),
                usual.variables());
    }
}
