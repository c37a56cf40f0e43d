/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.libpod;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.simulator.SimulatedCgroupFs;
import io.diskguard.simulator.SimulatedNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Does on a simulated host what Podman does on a real one: makes cgroups and writes its storage. */
final class Podman {
    private final SimulatedCgroupFs cgroups;
    private final LibpodStorage storage;
    private final Map<ContainerId, CgroupPath> running = new LinkedHashMap<>();
    private final Map<ContainerId, String> entries = new LinkedHashMap<>();

    Podman(SimulatedNode host) {
        cgroups = host.cgroups();
        storage = new LibpodStorage(root(host));
        write();
    }

    static Path root(SimulatedNode host) {
        return host.environment().paths().proc().resolveSibling("var/lib/containers/storage");
    }

    LibpodResolver resolver() {
        return new LibpodResolver(new LibpodCgroups(cgroups), storage);
    }

    /** A container by itself. */
    ContainerId run(String name, String image) {
        return run(name, image, Optional.empty());
    }

    /** A container of a Podman pod. */
    ContainerId run(String name, String image, Optional<String> pod) {
        var id = new ContainerId("podman", "%064x".formatted(0xabc000 + entries.size()));
        var slice = new CgroupPath("/machine.slice");
        var parent = pod.map(it -> slice.child("machine-libpod_pod_" + it + ".slice"))
                .orElse(slice);
        var cgroup = parent.child("libpod-" + id.id() + ".scope");
        cgroups.makeAll(cgroup);
        cgroups.makeAll(parent.child("libpod-conmon-" + id.id() + ".scope"));
        running.put(id, cgroup);
        var metadata = "{\\\"image-name\\\":\\\"" + image + "\\\",\\\"name\\\":\\\"" + name + "\\\"}";
        entries.put(
                id,
                "{\"id\":\"" + id.id() + "\",\"names\":[\"" + name + "\"],\"image\":\"1f2e\",\"metadata\":\"" + metadata
                        + "\"}");
        write();
        return id;
    }

    CgroupPath cgroupOf(ContainerId id) {
        return running.get(id);
    }

    void remove(ContainerId id) {
        cgroups.rmdirRecursive(running.remove(id));
        entries.remove(id);
        write();
    }

    /** As while it is replaced by somebody who does not do so at once. */
    void spoil() {
        write("[{\"id\":");
    }

    private void write() {
        write(entries.values().stream().collect(Collectors.joining(",", "[", "]")));
    }

    private void write(String content) {
        try {
            Files.createDirectories(storage.file().getParent());
            Files.writeString(storage.file(), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
