/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A containerd of its own that answers CRI and has no containers. */
public record IdleContainerd(Path socket, Process process) implements AutoCloseable {
    /** Empty where there is no containerd. */
    public static Optional<IdleContainerd> start(Path directory) throws IOException {
        Files.createDirectories(directory);
        var socket = directory.resolve("c.sock");
        Files.writeString(directory.resolve("config.toml"), """
                version = 2
                root = "@/root"
                state = "@/state"
                [grpc]
                  address = "@/c.sock"
                [plugins."io.containerd.grpc.v1.cri"]
                  disable_apparmor = true
                  restrict_oom_score_adj = true
                  stream_server_address = "127.0.0.1"
                  stream_server_port = "0"
                  [plugins."io.containerd.grpc.v1.cri".containerd]
                    snapshotter = "native"
                  [plugins."io.containerd.grpc.v1.cri".cni]
                    bin_dir = "@/cni"
                    conf_dir = "@/cni"
                """.replace("@", directory.toString()));
        Process process;
        try {
            process = new ProcessBuilder(
                            "containerd", "-c", directory.resolve("config.toml").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        try {
            Waiting.until("containerd's socket", process, Duration.ofSeconds(30), () -> Files.exists(socket));
            return Optional.of(new IdleContainerd(socket, process));
        } catch (IOException e) {
            Waiting.end(process);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        Waiting.end(process);
    }
}
