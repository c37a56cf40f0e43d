/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent a node: two would take back each other's limits. Held by a lock on a file of {@code state_dir}, which the
 * kernel gives back when the process ends, however it does. Thread-safe.
 */
public final class StateLock implements AutoCloseable {
    /** In the state directory. */
    public static final String FILE = "agent.lock";

    private static final Logger LOG = LoggerFactory.getLogger(StateLock.class);

    private final Optional<FileChannel> held;

    private StateLock(Optional<FileChannel> held) {
        this.held = held;
    }

    /**
     * Where the directory cannot be written there is no lock, and a warning.
     *
     * @throws AgentException if another agent holds it
     */
    static StateLock take(Path stateDir) throws AgentException {
        FileChannel file;
        try {
            Files.createDirectories(stateDir);
            file = FileChannel.open(stateDir.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            LOG.warn(
                    "state_dir {} cannot be written, so nothing keeps a second agent away: {}", stateDir, e.toString());
            return new StateLock(Optional.empty());
        }
        if (isFree(file, stateDir)) {
            return new StateLock(Optional.of(file));
        }
        close(file);
        throw AgentException.failed("another agent runs on this node with state_dir " + stateDir
                + "; two would take back each other's limits");
    }

    private static boolean isFree(FileChannel file, Path stateDir) {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            LOG.warn("state_dir {} has no locks, so nothing keeps a second agent away: {}", stateDir, e.toString());
            return true;
        }
    }

    @Override
    public void close() {
        held.ifPresent(StateLock::close);
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("the lock did not close", e);
        }
    }
}
