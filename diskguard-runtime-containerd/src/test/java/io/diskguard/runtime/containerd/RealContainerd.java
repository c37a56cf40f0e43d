/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.runtime.containerd.wire.Cri.VersionRequest;
import io.grpc.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A containerd with directories of its own and an image of busybox. It aborts the test, with the reason, where none can be
 * had; closed, it leaves neither a process nor a mount nor a cgroup, or fails.
 */
final class RealContainerd implements AutoCloseable {
    static final String IMAGE = "localhost/diskguard:1";

    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    /** As the shim has it built in. */
    private static final Path SHIM_SOCKETS = Path.of("/run/containerd/s");

    private final Path directory;
    private final boolean shimSocketsWereThere = Files.exists(SHIM_SOCKETS);
    private final String cgroupParent =
            "/diskguard-cri-test-" + ProcessHandle.current().pid();
    private Process daemon;

    private RealContainerd(Path directory) {
        this.directory = directory;
    }

    static RealContainerd start() throws IOException {
        assumeTrue(Files.isWritable(CGROUPS) && Files.isWritable(Path.of("/")), "may not make containers: not root");
        for (var program : List.of("containerd", "containerd-shim-runc-v2", "ctr", "runc", "busybox", "tar")) {
            assumeTrue(!find(program).isEmpty(), program + " is not installed");
        }
        assumeTrue(isStatic(Path.of(find("busybox"))), "busybox is not the static one");
        assumeTrue(mayMount(), "may not make containers: no mount namespaces");
        var real = new RealContainerd(Files.createTempDirectory("dgcri"));
        try {
            real.configure();
            real.startDaemon();
            real.importImage();
            // images that are there when it starts are known at once
            real.stopDaemon();
            real.startDaemon();
        } catch (IOException | RuntimeException e) {
            real.close();
            throw e;
        }
        return real;
    }

    Path socket() {
        return directory.resolve("c.sock");
    }

    /** Below which its pods' cgroups are. */
    String cgroupParent() {
        return cgroupParent;
    }

    /** While it is there, runc does not come back from {@code create}; {@link #held} says that it has come so far. */
    Path hold() {
        return directory.resolve("hold");
    }

    Path held() {
        return directory.resolve("held");
    }

    private void configure() throws IOException {
        var runc = directory.resolve("runc-that-waits");
        Files.writeString(runc, """
                #!/bin/sh
                %s "$@"
                code=$?
                case " $* " in *" create "*)
                    if [ -e %s ]; then
                        : > %s
                        i=0
                        while [ -e %2$s ] && [ $((i += 1)) -lt 1000 ]; do sleep 0.01; done
                    fi
                esac
                exit $code
                """.formatted(find("runc"), hold(), held()));
        runc.toFile().setExecutable(true);
        Files.writeString(directory.resolve("config.toml"), """
                version = 2
                root = "@/root"
                state = "@/state"
                [grpc]
                  address = "@/c.sock"
                [plugins."io.containerd.grpc.v1.cri"]
                  sandbox_image = "%s"
                  disable_apparmor = true
                  restrict_oom_score_adj = true
                  stream_server_address = "127.0.0.1"
                  stream_server_port = "0"
                  [plugins."io.containerd.grpc.v1.cri".containerd]
                    snapshotter = "native"
                    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
                      runtime_type = "io.containerd.runc.v2"
                      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                        BinaryName = "@/runc-that-waits"
                        Root = "@/runc"
                        SystemdCgroup = false
                  [plugins."io.containerd.grpc.v1.cri".cni]
                    bin_dir = "@/cni"
                    conf_dir = "@/cni"
                """.formatted(IMAGE).replace("@", directory.toString()));
    }

    void startDaemon() throws IOException {
        daemon = new ProcessBuilder(
                        "containerd", "-c", directory.resolve("config.toml").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
        try (var client = new CriClient(socket())) {
            Patience.until("containerd answers", () -> {
                if (!daemon.isAlive()) {
                    abort("containerd does not run here: " + lastOfLog());
                }
                return client.call(
                                CriMethods.VERSION,
                                VersionRequest.getDefaultInstance(),
                                Deadline.after(1, TimeUnit.SECONDS))
                        instanceof Answer.Got<?>;
            });
        }
    }

    void stopDaemon() {
        if (daemon != null && daemon.isAlive()) {
            daemon.destroy();
            Patience.until("containerd ends", () -> !daemon.isAlive());
        }
    }

    boolean runs() {
        return daemon.isAlive();
    }

    String lastOfLog() {
        try {
            var lines = Files.readAllLines(directory.resolve("log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void importImage() throws IOException {
        var image =
                BusyboxImage.make(Files.createDirectory(directory.resolve("image")), Path.of(find("busybox")), IMAGE);
        run("ctr", "-a", socket().toString(), "-n", "k8s.io", "images", "import", image.toString());
    }

    /** Pods are to be removed before. */
    @Override
    public void close() {
        stopDaemon();
        Patience.until("no process is left", () -> {
            var left = processes();
            left.forEach(ProcessHandle::destroyForcibly);
            return left.isEmpty();
        });
        Patience.until("no mount is left", () -> {
            var left = mounts();
            left.forEach(mount -> run("umount", "-l", mount));
            return left.isEmpty();
        });
        Patience.until("no cgroup is left", () -> {
            var left = cgroups();
            left.stream().sorted(Comparator.reverseOrder()).forEach(RealContainerd::delete);
            return left.isEmpty();
        });
        all(directory).stream().sorted(Comparator.reverseOrder()).forEach(RealContainerd::delete);
        if (!shimSocketsWereThere) {
            delete(SHIM_SOCKETS);
            delete(SHIM_SOCKETS.getParent());
        }
    }

    /** Shims and what is below them: whose command line names the directory, and their descendants. */
    private List<ProcessHandle> processes() {
        var found = new ArrayList<ProcessHandle>();
        ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(directory.toString()))
                .forEach(shim -> {
                    shim.descendants().forEach(found::add);
                    found.add(shim);
                });
        return found;
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    private List<String> mounts() {
        try {
            return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                    .map(line -> line.split(" ")[4])
                    .filter(mount -> mount.startsWith(directory + "/"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In every hierarchy. */
    private List<Path> cgroups() {
        var found = new ArrayList<Path>();
        var name = cgroupParent.substring(1);
        found.addAll(all(CGROUPS.resolve(name)));
        try (var hierarchies = Files.list(CGROUPS)) {
            hierarchies
                    .filter(hierarchy -> !Files.isSymbolicLink(hierarchy))
                    .forEach(hierarchy -> found.addAll(all(hierarchy.resolve(name))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().filter(Files::isDirectory).toList();
    }

    private static Set<Path> all(Path below) {
        try (Stream<Path> tree = Files.exists(below) ? Files.walk(below) : Stream.empty()) {
            return Set.copyOf(tree.toList());
        } catch (IOException | UncheckedIOException e) {
            return Set.of(below);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            // somebody else's, or the next round's
        } catch (IOException e) {
            // a cgroup is busy until its last process was waited for
        }
    }

    private static String find(String program) {
        for (var directory : List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return directory + "/" + program;
            }
        }
        return "";
    }

    /** A dynamic program names its loader near its beginning. */
    private static boolean isStatic(Path program) throws IOException {
        try (var in = Files.newInputStream(program)) {
            return !new String(in.readNBytes(4096), StandardCharsets.ISO_8859_1).contains("/ld-");
        }
    }

    private static boolean mayMount() {
        try {
            run("unshare", "--mount", "true");
            return true;
        } catch (IllegalStateException | UncheckedIOException e) {
            return false;
        }
    }

    static String run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(List.of(command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
