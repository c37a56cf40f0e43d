/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.demo;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.FsResult;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A cgroup of the demonstration's own below the root; closing it removes it. Not thread-safe. */
final class ScratchCgroup implements AutoCloseable {
    private static final int TRIES = 50;

    private final CgroupFs hierarchy;
    private final CgroupPath path;
    private final Path directory;
    private final boolean switchedOn;

    private ScratchCgroup(CgroupFs hierarchy, CgroupPath path, Path directory, boolean switchedOn) {
        this.hierarchy = hierarchy;
        this.path = path;
        this.directory = directory;
        this.switchedOn = switchedOn;
    }

    /** @throws DemoException if it cannot be made, or has no IO controller and none can be switched on */
    static ScratchCgroup make(CgroupDriver driver, String name) throws DemoException {
        var hierarchy = driver.hierarchy();
        var path = CgroupPath.ROOT.child(name);
        var directory = Path.of(hierarchy.mountPoint(), name);
        try {
            Files.createDirectory(directory);
        } catch (IOException e) {
            throw new DemoException("no cgroup can be made at " + directory + ": " + e.getMessage()
                    + "; the cgroup file system must be writable");
        }
        var scratch = new ScratchCgroup(hierarchy, path, directory, false);
        if (!(driver.read(path) instanceof CgroupDriver.ReadResult.ControllerOff off)) {
            return scratch;
        }
        var result = hierarchy.write(CgroupPath.ROOT, "cgroup.subtree_control", "+io");
        if (result instanceof FsResult.Failed failed) {
            scratch.close();
            throw new DemoException(
                    "the io controller is off (" + off.detail() + ") and cannot be switched on: " + failed.detail());
        }
        return new ScratchCgroup(hierarchy, path, directory, true);
    }

    CgroupPath path() {
        return path;
    }

    void add(long pid) throws DemoException {
        if (hierarchy.write(path, "cgroup.procs", Long.toString(pid)) instanceof FsResult.Failed failed) {
            throw new DemoException("the writer cannot be moved into " + directory + ": " + failed.detail());
        }
    }

    /** The kernel lets a cgroup go only a moment after its last process: it is tried for five seconds. */
    @Override
    public void close() throws DemoException {
        var pause = new CountDownLatch(1);
        var why = "";
        for (var tries = 0; tries < TRIES; tries++) {
            try {
                Files.deleteIfExists(directory);
                switchOffAgain();
                return;
            } catch (DirectoryNotEmptyException e) {
                throw new DemoException(directory + " holds cgroups that are not the demonstration's");
            } catch (IOException e) {
                why = e.toString();
                awaitQuietly(pause);
            }
        }
        throw new DemoException(directory + " cannot be removed: " + why);
    }

    private void switchOffAgain() {
        if (switchedOn) {
            hierarchy.write(CgroupPath.ROOT, "cgroup.subtree_control", "-io");
        }
    }

    private static void awaitQuietly(CountDownLatch pause) {
        try {
            pause.await(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
