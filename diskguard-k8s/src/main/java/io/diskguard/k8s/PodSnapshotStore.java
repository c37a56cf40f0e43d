/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.diskguard.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's pods as last heard, in a file: what an agent knows that starts while the API server is away. Replaced as a
 * whole, at most once every five seconds. A damaged file, or another node's, is set aside. Thread-safe; {@link #changed}
 * never waits for the disk, which may be the one that is being starved.
 */
public final class PodSnapshotStore implements AutoCloseable {
    static final Duration PAUSE = Duration.ofSeconds(5);
    static final String FILE = "pods.json";
    static final String ASIDE = "pods.json.bad";

    private static final Logger LOG = LoggerFactory.getLogger(PodSnapshotStore.class);

    private final Path directory;
    private final String node;
    private final Timer timer;
    private final SnapshotCodec codec = new SnapshotCodec();
    private final Object writing = new Object();
    private @Nullable Supplier<List<Pod>> unwritten;
    private boolean asleep = true;
    private boolean failing;

    PodSnapshotStore(Path directory, String node, Timer timer) {
        this.directory = directory;
        this.node = node;
        this.timer = timer;
    }

    /** In the directory, which need not exist yet; written on the executor. */
    public static PodSnapshotStore in(Path stateDirectory, String node, ScheduledExecutorService executor) {
        return new PodSnapshotStore(stateDirectory, node, Timer.on(executor));
    }

    /** What an earlier process left; empty if nothing usable. */
    Optional<List<Pod>> load() {
        var file = directory.resolve(FILE);
        try {
            return Optional.of(codec.read(Files.readAllBytes(file), node));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (SnapshotCodec.UnusableException e) {
            LOG.warn("{} is not used and set aside as {}: {}", file, ASIDE, e.getMessage());
            setAside(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
        }
        return Optional.empty();
    }

    /** Writes what the supplier then gives, now or when the pause since the last time is over. */
    synchronized void changed(Supplier<List<Pod>> pods) {
        unwritten = pods;
        if (asleep) {
            asleep = false;
            timer.after(PAUSE, this::wake);
        }
    }

    /** Writes what was not written yet. */
    @Override
    public void close() {
        write();
    }

    private void wake() {
        synchronized (this) {
            asleep = true;
        }
        write();
    }

    private void write() {
        synchronized (writing) {
            var pods = take();
            if (pods != null) {
                write(pods.get());
            }
        }
    }

    private synchronized @Nullable Supplier<List<Pod>> take() {
        var pods = unwritten;
        unwritten = null;
        return pods;
    }

    private void write(List<Pod> pods) {
        try {
            SafeFile.replace(directory, FILE, out -> codec.write(node, pods, out));
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("the snapshot of the pods cannot be written to {}: {}", directory, e.toString());
            }
            failing = true;
        }
    }

    private void setAside(Path file) {
        try {
            Files.move(file, directory.resolve(ASIDE), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be set aside: {}", file, e.toString());
        }
    }
}
