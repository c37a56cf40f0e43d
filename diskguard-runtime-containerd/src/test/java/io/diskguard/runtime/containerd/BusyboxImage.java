/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** An image with nothing but busybox, as {@code docker save} writes one. */
final class BusyboxImage {
    private BusyboxImage() {}

    static Path make(Path directory, Path busybox, String name) throws IOException {
        var root = Files.createDirectory(directory.resolve("root"));
        var bin = Files.createDirectory(root.resolve("bin"));
        Files.copy(busybox, bin.resolve("busybox"));
        bin.resolve("busybox").toFile().setExecutable(true, false);
        for (var mountPoint : List.of("proc", "sys", "dev", "etc", "data")) {
            Files.createDirectory(root.resolve(mountPoint));
        }
        var layer = directory.resolve("layer.tar");
        RealContainerd.run("tar", "-cf", layer.toString(), "-C", root.toString(), ".");
        Files.writeString(directory.resolve("config.json"), """
                {"architecture": "%s", "os": "linux",
                 "config": {"Entrypoint": ["/bin/busybox", "sleep", "2147483647"], "WorkingDir": "/"},
                 "rootfs": {"type": "layers", "diff_ids": ["sha256:%s"]}}
                """.formatted(architecture(), sha256(layer)));
        Files.writeString(
                directory.resolve("manifest.json"),
                "[{\"Config\": \"config.json\", \"RepoTags\": [\"" + name + "\"], \"Layers\": [\"layer.tar\"]}]");
        var image = directory.resolve("image.tar");
        RealContainerd.run(
                "tar",
                "-cf",
                image.toString(),
                "-C",
                directory.toString(),
                "config.json",
                "manifest.json",
                "layer.tar");
        return image;
    }

    private static String architecture() {
        var architecture = System.getProperty("os.arch");
        return architecture.equals("aarch64") ? "arm64" : architecture;
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
