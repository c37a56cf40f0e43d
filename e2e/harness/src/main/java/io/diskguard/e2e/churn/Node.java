/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import io.diskguard.e2e.apiserver.PodTemplate;
import io.diskguard.e2e.apiserver.SamplePods;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cgroups of a node's containers below a directory of cgroup v1 blkio, and one disk's limits in them. Thread-safe. */
public final class Node {
    private static final String PREFIX = "blkio.throttle.";

    private final Path root;
    private final String disk;

    /** @param disk {@code MAJ:MIN} */
    public Node(Path root, String disk) {
        this.root = root;
        this.disk = disk;
    }

    /** In the order of the pod's containers. */
    public List<Path> cgroups(PodTemplate pod) {
        return SamplePods.cgroups(pod).stream().map(root::resolve).toList();
    }

    void make(Path cgroup) {
        try {
            Files.createDirectories(cgroup);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(Path cgroup) {
        try {
            Files.delete(cgroup);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty if the cgroup is gone. */
    Optional<Limits> read(Path cgroup) {
        var values = new ArrayList<Long>();
        try {
            for (var file : Limits.FILES) {
                values.add(value(Files.readString(cgroup.resolve(PREFIX + file))));
            }
            return Optional.of(new Limits(values));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (Files.exists(cgroup)) {
                throw new UncheckedIOException(e);
            }
            return Optional.empty();
        }
    }

    /** As somebody would by hand. */
    void lift(Path cgroup, String file) {
        try {
            Files.writeString(cgroup.resolve(PREFIX + file), disk + " 0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long value(String lines) {
        return lines.lines()
                .filter(line -> line.startsWith(disk + " "))
                .findFirst()
                .map(line -> Long.parseLong(line.substring(disk.length() + 1)))
                .orElse(0L);
    }
}
