/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.agent;

import io.diskguard.benchmarks.host.IdleContainerd;
import io.diskguard.benchmarks.host.LoopDisk;
import io.diskguard.benchmarks.host.Scratch;
import io.diskguard.benchmarks.host.SeededApiServer;
import io.diskguard.benchmarks.result.Lines;
import io.diskguard.cgroup.v1.BlkioThrottleDriverFactory;
import io.diskguard.spi.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** A node with 250 pods, whose cgroups are on the real kernel, an API server in another process and a containerd. */
final class FullNode implements AutoCloseable {
    private static final int PODS = 250;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Scratch scratch;

    private FullNode() throws IOException {
        scratch = opened(Scratch.make());
    }

    static FullNode make() throws IOException {
        return new FullNode();
    }

    /** Brings it all up; what it got to is closed with the node. */
    AgentRun run(Path home) throws IOException {
        var driver = opened(new BlkioThrottleDriverFactory().create(Environment.system()));
        var disk = opened(LoopDisk.make());
        var api = opened(SeededApiServer.start(home, scratch.resolve("api"), PODS));
        var cgroups = opened(PodCgroups.make(
                Path.of(driver.hierarchy().mountPoint()),
                Files.createDirectory(scratch.resolve("host")),
                api.cgroups()));
        var containerd = IdleContainerd.start(scratch.resolve("containerd"));
        containerd.ifPresent(this::opened);
        var socket = containerd.map(IdleContainerd::socket);
        Lines.print(
                "%d pods, %d containers; CRI: %s; smart limit on",
                PODS, cgroups.containers().size(), socket.isPresent() ? "a real containerd" : "none here");
        return new AgentRun(api, cgroups, disk, socket, scratch.directory());
    }

    Path scratch() {
        return scratch.directory();
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() throws IOException {
        IOException failed = null;
        for (AutoCloseable resource : opened) {
            try {
                resource.close();
            } catch (Exception e) {
                failed = failed == null ? new IOException(e) : failed;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
