/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.node;

import static org.awaitility.Awaitility.await;

import io.diskguard.e2e.cri.Runtime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A containerd of its own, with one image, {@link #IMAGE}: busybox. Ended when closed; its containers must be gone by then. */
public final class Containerd implements AutoCloseable {
    /** Of every container here, the sandboxes too. */
    public static final String IMAGE = "localhost/box:1";

    /** Where the image has busybox. */
    public static final String BUSYBOX = "/bin/busybox";

    private static final Duration START = Duration.ofSeconds(60);
    private static final String CONFIGURATION = """
            version = 2
            root = "@/root"
            state = "@/state"
            [grpc]
              address = "@/socket"
            [plugins."io.containerd.grpc.v1.cri"]
              sandbox_image = "%s"
              disable_apparmor = true
              stream_server_address = "127.0.0.1"
              stream_server_port = "0"
              [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
                runtime_type = "io.containerd.runc.v2"
                [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                  SystemdCgroup = %s
              [plugins."io.containerd.grpc.v1.cri".cni]
                bin_dir = "@/cni"
                conf_dir = "@/cni"
            """;
    /** As {@code docker save} would write it. */
    private static final String MAKE_IMAGE = """
            mkdir -p image/bin image/proc image/sys image/dev image/etc image/data image/out
            cp /usr/bin/busybox image/bin
            tar -C image -cf layer.tar .
            layer=$(sha256sum layer.tar | cut -d ' ' -f 1)
            echo '{"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": ["sha256:'$layer'"]},
             "config": {"Entrypoint": ["/bin/busybox", "sleep", "2147483647"], "WorkingDir": "/"}}' > config.json
            echo '[{"Config": "config.json", "RepoTags": ["%s"], "Layers": ["layer.tar"]}]' > manifest.json
            tar -cf image.tar config.json manifest.json layer.tar
            ctr --address socket --namespace k8s.io images import image.tar
            """;

    /** Copied into every sandbox; a machine without network has none. */
    private static final Path NAME_SERVERS = Path.of("/etc/resolv.conf");

    private final Path directory;
    private final Process process;
    private final Runtime runtime;

    private Containerd(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        this.runtime = new Runtime(socket());
    }

    /** Starts it and imports the image; its files are in the directory, which is made and must not be on overlayfs. */
    public static Containerd start(Path directory, KubeletDriver driver) {
        try {
            Files.createDirectories(directory.resolve("cni"));
            if (!Files.exists(NAME_SERVERS)) {
                Files.createFile(NAME_SERVERS);
            }
            var configuration = CONFIGURATION
                    .formatted(IMAGE, driver == KubeletDriver.SYSTEMD)
                    .replace("@", directory.toString());
            var file = Files.writeString(directory.resolve("config.toml"), configuration);
            var process = new ProcessBuilder("containerd", "--config", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            var one = new Containerd(directory, process);
            try {
                one.begin();
            } catch (IOException | RuntimeException | Error e) {
                one.close();
                throw e;
            }
            return one;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin() throws IOException {
        await().atMost(START).pollInterval(Duration.ofMillis(50)).until(() -> Files.exists(socket()));
        runtime.version();
        makeImage();
    }

    private void makeImage() throws IOException {
        var made = new ProcessBuilder("sh", "-euc", MAKE_IMAGE.formatted(IMAGE))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try (var said = made.inputReader()) {
            var all = said.lines().toList();
            if (made.waitFor() != 0) {
                throw new IOException("no image: " + all);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path socket() {
        return directory.resolve("socket");
    }

    /** A client of it. */
    public Runtime runtime() {
        return runtime;
    }

    public String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        runtime.close();
        process.destroy();
        try {
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
